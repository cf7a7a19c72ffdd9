"""What came of a call, written down in one line: of words that we ring about, and of a call that a family asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from porchlight.activity.record import record
from porchlight.conversations.answering import keep_answer, threads_of
from porchlight.conversations.asking import options_for
from porchlight.conversations.heard import Words, hear_in_thread
from porchlight.conversations.models import Ask, Message, Ringing, TriageItem
from porchlight.conversations.placing import place, thread_of
from porchlight.conversations.placing_by_hand import settle
from porchlight.conversations.reading import Given, from_field, from_keys, read_answer
from porchlight.delivery.addressing import mark_bad
from porchlight.delivery.by_hand.carrying import REST, WAITS_ON, carried, last_check
from porchlight.delivery.gateways.by_hand import WHAT_PEOPLE_FOUND
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.models import CameOf, Delivery, Handing
from porchlight.families.models import Channel
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?!\d)")
HOUR_ALONE = r"\W*(?P<hour>\d{1,2}[:.]\d{1,2})?\W*"  # all that may follow a typed word
A_SECOND_PRESS = timedelta(minutes=1)  # the same button within it is one call
ON_THE_PHONE = "on_the_phone"  # Message.kind


class NoSuchTime(ValueError):
    """What was written is no hour of the day."""


@dataclass(frozen=True, slots=True)
class Line:
    """One call, in one line."""

    came_of: CameOf
    words: str = ""  # what they said
    answer: tuple[str, ...] = ()  # to our question: keys of what they chose, or the number or words they said
    again_at: datetime | None = None


def typed() -> dict[CameOf, str]:
    """What may be typed instead of pressing a button, in the page's language."""
    return {
        CameOf.NO_ANSWER: _("no answer"),
        CameOf.WRONG_NUMBER: _("wrong number"),
        CameOf.CALL_AGAIN: _("again"),
    }


def line_of(
    *, pressed: str, words: str, hour: str, answer: Sequence[str], school: School, now: datetime
) -> Line:
    """A row of the list, as it was filled in. "No answer" may be typed or pressed. Raises NoSuchTime."""
    words, answer = " ".join(words.split())[:300], tuple(filter(None, map(str.strip, answer)))
    came_of = CameOf(pressed) if pressed in CameOf.values else CameOf.REACHED
    if came_of is CameOf.REACHED and not answer:
        came_of, words = _typed_instead(words) or (came_of, words)
    if came_of is not CameOf.CALL_AGAIN:
        return Line(came_of, words, answer if came_of is CameOf.REACHED else ())
    again_at, words = _hour(hour, words, school, now)
    return Line(came_of, words, again_at=again_at)


def _typed_instead(words: str) -> tuple[CameOf, str] | None:
    """A line that is one of our words and nothing else but an hour. Any other line is what they said."""
    for came_of, said in typed().items():
        if found := re.fullmatch(rf"\W*{re.escape(said)}{HOUR_ALONE}", words, re.IGNORECASE):
            return came_of, found["hour"] or ""
    return None


def _hour(hour: str, words: str, school: School, now: datetime) -> tuple[datetime, str]:
    """The hour from its field, else out of the words; tomorrow when it is over. None named: in a while."""
    found = CLOCK.search(hour or words)
    if found is None and (hour or re.search(r"\d[:.]\d", words)):
        raise NoSuchTime
    if found is None:
        return now + REST, words
    if not hour:
        words = (words[: found.start()] + words[found.end() :]).strip(" ,.:;-")
    at = datetime.combine(school.local(now), time(int(found[1]), int(found[2])), school.zone)
    return (at if at > now else at + timedelta(days=1)), words


def rang_about(delivery: Delivery, line: Line, *, by: Actor, now: datetime) -> Handing:
    """Somebody rang to say a message. What they answered stands in the thread. Raises MayNotGo, CarriedAlready."""
    with last_check(delivery, now):
        done = carried(
            delivery, came_of=line.came_of, by=by, now=now, words=line.words, again_at=line.again_at
        )
        if line.came_of is CameOf.REACHED and (line.words or line.answer):
            said = Message.objects.standing().filter(parcels__parcel=delivery.parcel_id).order_by("pk")
            message = said.select_related("thread__guardian", "thread__school", "notice").first()
            if message is not None:
                _hear(message, line, by=by, now=now)
    return done


def _hear(message: Message, line: Line, *, by: Actor, now: datetime) -> None:
    """An answer to what the message asked, or words for its thread."""
    thread, guardian = message.thread, message.thread.guardian
    ask = open_ask(message, now)
    given = _given(ask, line, guardian.reading) if ask is not None else None
    if ask is not None and given is not None:
        keep_answer(
            ask=ask,
            threads=threads_of(ask, [guardian]),
            given=given,
            now=now,
            channel=Channel.VOICE,
            typed_by_id=by.post_id,
        )
    words_are_the_answer = given is not None and not line.answer
    not_taken = () if given is not None else line.answer
    said = " ".join((*not_taken, "" if words_are_the_answer else line.words)).strip()
    if said:
        words = Words(text=said, channel=Channel.VOICE, at=now)
        hear_in_thread(thread=thread, words=words, kind=ON_THE_PHONE, language=thread.school.language)


def _given(ask: Ask, line: Line, reads: str) -> Given | None:
    """What they chose or said, in the shape of the question; without either, what their words say to it."""
    if line.answer and options_for(ask, reads):
        return from_keys(ask, list(line.answer), line.words)
    if line.answer:
        return from_field(ask, line.answer[0], reads)
    return read_answer(ask, line.words, "", reads)


def open_ask(message: Message, now: datetime) -> Ask | None:
    """The question a message carries, while it can be answered."""
    return open_asks([message], now).get(message.pk)


def open_asks(messages: Sequence[Message], now: datetime) -> dict[int, Ask]:
    """By message id, the same for many messages of one school in one query."""
    if not messages:
        return {}
    alone = Q(message__in=[one.pk for one in messages if not one.notice_id])
    of_all = Q(notice__in={one.notice_id for one in messages if one.notice_id})
    asks = Ask.objects.in_school(messages[0].school_id).filter(alone | of_all).select_related("school")
    rows = list(asks.order_by("-pk"))  # of several the first stands
    by_message = {ask.message_id: ask for ask in rows if ask.message_id}
    by_notice = {ask.notice_id: ask for ask in rows if ask.notice_id}
    found = {
        one.pk: by_notice.get(one.notice_id) if one.notice_id else by_message.get(one.pk) for one in messages
    }
    return {pk: ask for pk, ask in found.items() if ask is not None and ask.is_open(now)}


@transaction.atomic
def rang_back(item: TriageItem, line: Line, *, by: Actor, now: datetime) -> Ringing:
    """Somebody rang a family that had asked for it; pressed twice it is one call. Raises AlreadyPlaced."""
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("A colleague rings, by name.")
    TriageItem.objects.select_for_update().get(pk=item.pk)
    before = item.ringings.standing().filter(
        at__gt=now - A_SECOND_PRESS, by_id=by.post_id, came_of=line.came_of
    )
    if line.came_of in WAITS_ON and (again := before.order_by("-pk").first()) is not None:
        return again
    done = Ringing.objects.create(
        school_id=item.school_id,
        item=item,
        by_id=by.post_id,
        came_of=line.came_of,
        words=line.words,
        again_at=line.again_at or (now + REST if line.came_of is CameOf.NO_ANSWER else None),
        at=now,
    )
    if line.came_of is CameOf.REACHED:
        _keep_what_was_said(item, line, now)
        settle(item, outcome=line.words or _("Rung back."), by=by, now=now)
    elif line.came_of is CameOf.WRONG_NUMBER:
        settle(item, outcome=line.words or _("Wrong number."), by=by, now=now)
        _is_wrong(item)
    record("call.made", about=item, by=by, came_of=line.came_of)
    return done


def _keep_what_was_said(item: TriageItem, line: Line, now: datetime) -> None:
    school, address = item.school, item.address
    if not line.words or address is None:
        return
    placing = place(school=school, address=address, text=line.words, in_reply_to="", now=now)
    if placing.is_clear:
        words = Words(text=line.words, channel=Channel.VOICE, at=now)
        thread = thread_of(placing.ties[0])
        hear_in_thread(thread=thread, words=words, kind=ON_THE_PHONE, language=school.language)


def _is_wrong(item: TriageItem) -> None:
    sentence = WHAT_PEOPLE_FOUND[CameOf.WRONG_NUMBER]
    for one in mark_bad(item.address, reason=CameOf.WRONG_NUMBER) if item.address is not None else ():
        tell_trouble(Trouble(item.school, "address_bad", sentence, None, one))
