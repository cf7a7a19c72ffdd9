"""What a home said, before and after it has a place: in a thread, or in the office's tray."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from porchlight.conversations.listeners import tell_said
from porchlight.conversations.models import (
    Answer,
    Author,
    Message,
    Thread,
    TriageItem,
    TriageReason,
    WhichChild,
)
from porchlight.delivery.models import Account, InboundEvent
from porchlight.delivery.service import RawAddress
from porchlight.families.models import Address, Channel, Guardianship
from porchlight.files.models import StoredFile
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
from porchlight.toolbox import scripts


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
    verified: bool | None = None  # mail: whether its own domain speaks for the sender

    @property
    def is_spoken(self) -> bool:
        """Whether a recording came along."""
        return any(one.get("kind") == "audio" for one in self.media)

    @property
    def line(self) -> Account | None:
        """The account they came in on: what is said back goes out there."""
        return self.inbound.account if self.inbound is not None else None

    @property
    def stranger(self) -> RawAddress | None:
        """Where somebody we do not know can be told something; None where the sender may be forged."""
        if not self.sender or (self.channel == Channel.EMAIL and not self.verified):
            return None
        is_value = self.channel == Channel.EMAIL or self.sender.startswith("+")
        return RawAddress(self.channel, *((self.sender,) if is_value else ("", self.sender)))


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


def hear_in_thread(
    *,
    thread: Thread,
    words: Words,
    author: str = Author.GUARDIAN,
    kind: str = "",
    language: str = "",
    sound: StoredFile | None = None,
) -> Message:
    """Words whose place is known: from a page of the family's own, or once placed.

    `language` where we know it for certain: a colleague typed what was said to them. `sound`: recorded on our page.
    """
    changed(thread.school_id, Topic.TALK)
    message = Message.objects.create(
        school_id=thread.school_id,
        thread=thread,
        author=author,
        text=words.text,
        full_text=words.full_text,
        language=language or scripts.as_written(thread.guardian.reading, words.text),
        kind=kind,
        channel=words.channel,
        media=list(words.media),
        sound=sound,
        inbound=words.inbound,
        said_at=words.at,
    )
    tell_said(message)
    return message


def to_triage(
    school: School,
    address: Address | None,
    words: Words,
    reason: TriageReason,
    message: Message | None = None,
    slip_of: Guardianship | None = None,
) -> TriageItem:
    """Lay it in the office's tray with the reason. `message`: the words have their thread, and need a person too."""
    return TriageItem.objects.create(
        school=school,
        inbound=words.inbound,
        address=address,
        reason=reason,
        channel=words.channel,
        sender=words.sender or (address.value or address.user_id if address else ""),
        sender_name=words.sender_name,
        text=words.text,
        full_text=words.full_text,
        media=list(words.media),
        message=message,
        slip_of=slip_of,
        heard_at=words.at,
    )


def for_a_person(message: Message, reason: TriageReason, *, said: str = "") -> TriageItem:
    """Into the office's tray, once while it waits there: these words have their thread, and need a person too.

    `said`: what the home answered, where the message itself is ours.
    """
    waiting = TriageItem.objects.in_school(message.school_id).waiting()
    known = waiting.filter(message=message, reason=reason).first()
    if known is not None:
        return known
    words = Words(
        text=said or message.text,
        channel=message.channel,
        at=message.said_at,
        sender=str(message.thread.guardian),
        media=tuple(message.media),
        inbound=message.inbound,
    )
    return to_triage(message.school, None, words, reason, message)


def was_heard(inbound: InboundEvent) -> bool:
    """Whether this event already became something: a worker may be stopped between doing and saying so."""
    return (
        inbound.messages.exists()
        or inbound.answers.exists()
        or TriageItem.objects.filter(inbound=inbound).exists()
        or WhichChild.objects.filter(inbound=inbound).exists()
    )
