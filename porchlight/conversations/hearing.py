"""What comes back: an answer to its ask, words to their thread, and everything unclear to a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from porchlight.conversations import alarm, doorstep, heeding, hours, reads_later
from porchlight.conversations.answering import Match, in_words, keep_answer, matching_ask, threads_of
from porchlight.conversations.by_slip import by_slip
from porchlight.conversations.dose_by_word import dose_by_word
from porchlight.conversations.heard import Outcome, Words, hear_in_thread, to_triage, was_heard
from porchlight.conversations.models import Message, TriageItem, TriageReason
from porchlight.conversations.named import hear_the_named
from porchlight.conversations.placing import Placed, guardians_at, place, thread_of
from porchlight.conversations.wanted import wanted_by_word
from porchlight.conversations.which_child import ask_which_child, place_by_digit
from porchlight.delivery.actions import serve
from porchlight.delivery.content import ServiceKind
from porchlight.families.models import Address, Guardian
from porchlight.schools.models import School

__all__ = ["Outcome", "Words", "hear", "hear_in_thread", "to_triage", "was_heard"]

type Heed = Callable[[School, Address, Words, Placed, datetime], TriageItem]


@transaction.atomic
def hear(*, school: School, address: Address | None, words: Words, now: datetime) -> Outcome:
    """Place what came in from an address. Nothing heard is ever lost: what is unclear waits for a person."""
    if words.inbound is not None and was_heard(words.inbound):
        return Outcome()
    named = hear_the_named(school, address, words, now)
    if named is not None:
        return named
    met = doorstep.meet(school=school, address=address, words=words, now=now)
    if met is not None:
        hours.reply_when_closed(school=school, address=address, words=words, now=now)
        return met
    placed = place_by_digit(school, address, words, now)
    if placed is not None:
        return Outcome(message=placed) if isinstance(placed, Message) else Outcome(triage=placed)
    dosed = dose_by_word(school, address, words, now)
    if dosed is not None:
        return Outcome(message=dosed)
    wanted = wanted_by_word(school, address, words, now)
    if wanted is not None:
        if wanted.settled_at is None:
            hours.reply_when_closed(school=school, address=address, words=words, now=now)
        return Outcome(message=wanted)
    wish = _wish(address, words)
    if address is not None and wish is None:
        answered = _answer(school, address, words, now)
        if answered is not None:
            return answered
    placing = place(school=school, address=address, text=words.text, in_reply_to=words.in_reply_to, now=now)
    outcome = _outcome(school, address, words, placing, wish, now)
    is_alarm = alarm.alarms(words.text, outcome.message)
    if is_alarm:
        alarm.say_who_was_told(school, address, words, now)
        if outcome.message is None:
            alarm.unplaced(school, address, words, now)
    _say_who_reads(school, address, words, outcome.message, now, is_alarm=is_alarm)
    return outcome


def _say_who_reads(
    school: School,
    address: Address | None,
    words: Words,
    said: Message | None,
    now: datetime,
    *,
    is_alarm: bool,
) -> None:
    """Nobody while school is closed; while it is open, the colleague it is for or somebody. Never beside an alarm."""
    waits = said is not None and said.settled_at is None and not is_alarm
    reader, sentence = reads_later.for_the_night(address, said, now) if waits else (None, "")
    hours.reply_when_closed(
        school=school, address=address, words=words, now=now, later=sentence,
        still=reads_later.still_reads(address, reader), is_alarm=is_alarm,
    )  # fmt: skip
    if not waits or not hours.is_open(school, now):
        return
    if not reads_later.say_when_read(school, address, words, reader, now):
        heeding.say_who_reads_it(school, address, words, now)


def _wish(address: Address | None, words: Words) -> Heed | None:
    """What a family we know asks of the office, besides saying something."""
    if heeding.wants_a_call(address, words):
        return heeding.promise_a_call
    return heeding.ask_the_office if heeding.says_number_changed(address, words) else None


def _outcome(
    school: School, address: Address | None, words: Words, placing: Placed, wish: Heed | None, now: datetime
) -> Outcome:
    if address is None or placing.triage is not None:
        reason = placing.triage or TriageReason.UNKNOWN_SENDER
        slip_of = by_slip(school, words.text, now) if reason is TriageReason.UNKNOWN_SENDER else None
        if slip_of is not None:
            reason = TriageReason.BY_SLIP
        return Outcome(triage=to_triage(school, address, words, reason, slip_of=slip_of))
    if wish is not None:
        return Outcome(triage=wish(school, address, words, placing, now))
    if placing.is_clear:
        return Outcome(message=hear_in_thread(thread=thread_of(placing.ties[0]), words=words))
    return Outcome(asked_which_child=ask_which_child(school, address, words, placing.ties, now))


def _said_back(match: Match, language: str, guardian: Guardian, school: School) -> str:
    """What was understood; a time as this adult reads it."""
    zone, hijri = guardian.zone(school.zone), guardian.hijri_days(school.hijri_days)
    return in_words(match.ask, match.given, language, zone, hijri)


def _answer(school: School, address: Address, words: Words, now: datetime) -> Outcome | None:
    """An answer to an open ask; after closing the words still reach a person, and the home is told."""
    guardians = guardians_at(address)
    match = matching_ask(
        school=school,
        guardians=guardians,
        text=words.text,
        choice=words.choice,
        in_reply_to=words.in_reply_to,
        now=now,
        is_spoken=words.is_spoken,
    )
    if match is None:
        return None
    language = guardians[0].reading
    say = partial(serve, school=school, to=address, language=language, now=now, account=words.line)
    if not match.is_open:
        say(kind=ServiceKind.ASK_CLOSED)
        return None
    threads = threads_of(match.ask, guardians)
    # A picture with "yes" under it is an answer and a picture; a voice note stands in the thread and is the answer.
    along = hear_in_thread(thread=threads[0], words=words) if words.media and threads else None
    answers = keep_answer(
        ask=match.ask,
        threads=threads,
        given=match.given,
        channel=words.channel,
        inbound=words.inbound,
        spoken=along if words.is_spoken else None,
        now=now,
    )
    refused = next((answer.refusal for answer in answers if not answer.accepted), "")
    say(
        kind=ServiceKind.ANSWER_REFUSED if refused else ServiceKind.ASK_ANSWERED,
        answer=refused or _said_back(match, language, guardians[0], school),
        code=match.ask.code if match.others else "",
    )
    return Outcome(answers=tuple(answers))
