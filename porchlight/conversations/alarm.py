"""A home says that a child is missing or has not come home: the named safeguarding people and the office have it at
once, by day and by night.

Porchlight knows few words for it and judges nothing: it calls people, and what it does not notice they may.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.conversations.heard import Words, for_a_person, to_triage
from porchlight.conversations.heeding import say_once
from porchlight.conversations.listeners import on_heard, on_said
from porchlight.conversations.models import Author, Message, TriageItem, TriageReason
from porchlight.conversations.worrying import call_first, raise_worry
from porchlight.delivery.content import ServiceKind
from porchlight.families.models import Address
from porchlight.languages.absence import alarm_in
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.toolbox import school_time

CALLS = Rate(6, timedelta(hours=1))  # to the lead, for words of people we cannot place


@on_said
def listen(message: Message) -> None:
    """Every message of a home passes here as it finds its thread."""
    if message.author in {Author.GUARDIAN, Author.STUDENT} and alarms(message.text, message):
        sound(message, now=school_time.now())


@on_heard
def listen_to_sound(message: Message, text: str) -> None:
    """What a listener heard in a voice note counts as if it had been written."""
    if alarms(text, message):
        sound(message, now=school_time.now(), said=text)


def alarms(text: str, message: Message | None = None) -> bool:
    """Whether these words call for somebody at once."""
    return alarm_in(text, [message.thread.student.short_name] if message is not None else [])


def sound(message: Message, *, now: datetime, said: str = "") -> None:
    """A worry that the lead and then the deputies are called to, and the first thing in the office's tray. Once.

    `said`: what the home answered, where the message itself is ours.
    """
    waiting = TriageItem.objects.in_school(message.school_id).waiting()
    if waiting.filter(message=message, reason=TriageReason.MAY_BE_MISSING).exists():
        return
    raise_worry(message, by=system(message.school_id), words=said, now=now)
    for_a_person(message, TriageReason.MAY_BE_MISSING, said=said)


def unplaced(school: School, address: Address | None, words: Words, now: datetime) -> None:
    """The same for words whose place we do not know yet: they wait for no digit and no hour.

    Once for a sender while it waits there, so that nobody buries a real alarm under their own.
    """
    waiting = TriageItem.objects.in_school(school).waiting().filter(reason=TriageReason.MAY_BE_MISSING)
    if words.sender and waiting.filter(sender=words.sender).exists():
        return
    to_triage(school, address, words, TriageReason.MAY_BE_MISSING)
    if take(f"alarms without a place:{school.pk}", CALLS, now=now):
        call_first(school, address=address, now=now)


def say_who_was_told(school: School, address: Address | None, words: Words, now: datetime) -> None:
    """Somebody is being called; and whom to ring oneself."""
    if address is not None:
        say_once(school, address, ServiceKind.TOLD_AT_ONCE, words, now, numbers=school.emergency)
