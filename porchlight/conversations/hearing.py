"""What comes back: an answer to its ask, words to their thread, and everything unclear to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from porchlight.conversations import hours
from porchlight.conversations.answering import in_words, keep_answer, matching_ask, threads_of
from porchlight.conversations.models import (
    Answer,
    Author,
    Message,
    Thread,
    TriageItem,
    TriageReason,
    WhichChild,
)
from porchlight.conversations.placing import guardians_at, place, thread_of
from porchlight.delivery.actions import serve
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import InboundEvent
from porchlight.families.models import Address, Guardianship
from porchlight.languages.understood import Kind, understand
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
from porchlight.toolbox.folding import fold


@dataclass(frozen=True, slots=True)
class Words:
    """What a home said, whatever carried it."""

    text: str
    channel: str
    at: datetime
    sender: str = ""  # as the office may see it
    sender_name: str = ""
    choice: str = ""  # the key of a pressed button or list row
    in_reply_to: str = ""  # provider id of our message
    full_text: str = ""
    media: tuple[dict[str, Any], ...] = ()
    inbound: InboundEvent | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the words ended up: at most one of these is filled; none when they were heard before."""

    answers: tuple[Answer, ...] = ()
    message: Message | None = None
    asked_which_child: WhichChild | None = None
    triage: TriageItem | None = None

    def __str__(self) -> str:
        if self.answers:
            return "answer"
        if self.message:
            return "message"
        if self.asked_which_child:
            return "which child"
        return "triage" if self.triage else "heard before"


@transaction.atomic
def hear(*, school: School, address: Address | None, words: Words, now: datetime) -> Outcome:
    """Place what came in from an address. Nothing heard is ever lost: what is unclear waits for a person."""
    if words.inbound is not None and was_heard(words.inbound):
        return Outcome()
    pending = _pending_question(address, now)
    if pending is not None and address is not None:
        placed = _place_by_digit(pending, words, now)
        if placed is not None:
            return Outcome(message=placed)
    if address is not None:
        answered = _answer(school, address, words, now)
        if answered is not None:
            return answered
    placing = place(school=school, address=address, text=words.text, in_reply_to=words.in_reply_to, now=now)
    if placing.triage is not None:
        return Outcome(triage=to_triage(school, address, words, placing.triage))
    if placing.is_clear:
        message = hear_in_thread(thread=thread_of(placing.ties[0]), words=words)
        hours.reply_when_closed(school=school, address=address, message=message, now=now)
        return Outcome(message=message)
    return Outcome(asked_which_child=_ask_which_child(school, address, words, placing.ties, now))


def hear_in_thread(*, thread: Thread, words: Words, author: str = Author.GUARDIAN) -> Message:
    """Words whose place is known: from a page of the family's own, or once placed."""
    changed(thread.school_id, Topic.TALK)
    return Message.objects.create(
        school_id=thread.school_id,
        thread=thread,
        author=author,
        text=words.text,
        full_text=words.full_text,
        language=thread.guardian.reading,
        channel=words.channel,
        media=list(words.media),
        inbound=words.inbound,
        said_at=words.at,
    )


def was_heard(inbound: InboundEvent) -> bool:
    """Whether this event already became something: a worker may be stopped between doing and saying so."""
    return (
        inbound.messages.exists()
        or inbound.answers.exists()
        or TriageItem.objects.filter(inbound=inbound).exists()
        or WhichChild.objects.filter(inbound=inbound).exists()
    )


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
    )
    if match is None:
        return None
    language = guardians[0].reading
    if not match.is_open:
        serve(school=school, kind=ServiceKind.ASK_CLOSED, to=address, language=language, now=now)
        return None
    threads = threads_of(match.ask, guardians)
    answers = keep_answer(
        ask=match.ask,
        threads=threads,
        given=match.given,
        channel=words.channel,
        inbound=words.inbound,
        now=now,
    )
    refused = next((answer.refusal for answer in answers if not answer.accepted), "")
    serve(
        school=school,
        kind=ServiceKind.ANSWER_REFUSED if refused else ServiceKind.ASK_ANSWERED,
        to=address,
        language=language,
        now=now,
        answer=refused or in_words(match.ask, match.given, language),
    )
    return Outcome(answers=tuple(answers))


def _pending_question(address: Address | None, now: datetime) -> WhichChild | None:
    if address is None:
        return None
    latest = WhichChild.objects.filter(address=address, placed_at=None).order_by("-asked_at").first()
    return latest if latest is not None and latest.is_fresh(now) else None


def _place_by_digit(pending: WhichChild, words: Words, now: datetime) -> Message | None:
    """The digit, or the child's name, that answers "which child?"."""
    ties = list(_ties_of(pending))
    number = _number_in(words)
    by_name = [tie for tie in ties if fold(tie.student.short_name) == fold(words.text)]
    if number is not None and 1 <= number <= len(ties):
        tie = ties[number - 1]
    elif len(by_name) == 1:
        tie = by_name[0]
    else:
        return None
    earlier = Words(
        text=pending.text,
        channel=pending.address.channel,
        at=pending.heard_at,
        full_text=pending.full_text,
        media=tuple(pending.media),
        inbound=words.inbound,
    )
    message = hear_in_thread(thread=thread_of(tie), words=earlier)
    pending.placed_at = now
    pending.save(update_fields=["placed_at"])
    return message


def _number_in(words: Words) -> int | None:
    if words.choice.isdigit():
        return int(words.choice)
    understood = understand(words.text)
    return understood.number if understood is not None and understood.kind is Kind.NUMBER else None


def _ties_of(pending: WhichChild) -> Sequence[Guardianship]:
    """The numbered choices, as they stand today: a right lost since then is not offered again."""
    rows = Guardianship.objects.current(on=pending.asked_at.date()).select_related("student", "guardian")
    found = {
        (tie.guardian_id, tie.student_id): tie
        for tie in rows.filter(guardian__in=[guardian for guardian, _ in pending.choices])
    }
    return [found[guardian, student] for guardian, student in pending.choices if (guardian, student) in found]


def _ask_which_child(
    school: School,
    address: Address | None,
    words: Words,
    ties: Sequence[Guardianship],
    now: datetime,
) -> WhichChild:
    if address is None:
        raise ValueError("Only a known address can be asked which child it writes about.")
    question = WhichChild.objects.create(
        school=school,
        address=address,
        choices=[[tie.guardian_id, tie.student_id] for tie in ties],
        text=words.text,
        full_text=words.full_text,
        media=list(words.media),
        heard_at=words.at,
        asked_at=now,
        inbound=words.inbound,
    )
    names = "\n".join(f"{number}. {tie.student.short_name}" for number, tie in enumerate(ties, 1))
    serve(
        school=school,
        kind=ServiceKind.WHICH_CHILD,
        to=address,
        language=ties[0].guardian.reading,
        now=now,
        choices=names,
    )
    return question


def to_triage(school: School, address: Address | None, words: Words, reason: TriageReason) -> TriageItem:
    """Lay it in the office's tray with the reason."""
    return TriageItem.objects.create(
        school=school,
        inbound=words.inbound,
        address=address,
        reason=reason,
        channel=words.channel,
        sender=words.sender,
        sender_name=words.sender_name,
        text=words.text,
        heard_at=words.at,
    )
