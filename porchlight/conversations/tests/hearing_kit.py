"""What a home writes and is asked, for the tests of every room that hears from homes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import time_machine

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.hearing import Outcome, Words, hear
from porchlight.conversations.models import Ask
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, Guardian, Guardianship, Student


def say(
    town: Town,
    text: str,
    at: datetime = TUESDAY,
    address: Address | None = None,
    *,
    channel: str = "sms",
    **fields: Any,
) -> Outcome:
    """Mr Yousaf, or who uses this address, writes to the school."""
    address = address or town.yousaf.address
    words = Words(text=text, channel=channel, at=at, sender=address.value, **fields)
    with time_machine.travel(at, tick=False):
        return hear(school=town.school, address=address, words=words, now=at)


def ask(town: Town, question: Question, at: datetime = TUESDAY) -> Ask:
    """Ms Amal asks the homes of 4A."""
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    with time_machine.travel(at, tick=False):
        notice = write(
            Draft("Will you come on Friday?", "en", audience, kind="question", question=question),
            school=town.school,
            by=town.amal.actor(),
            now=at,
        )
        release(notice, by=town.amal.actor(), now=at)
    return Ask.objects.get(notice=notice)


def served(kind: str) -> list[Parcel]:
    """The service messages of this kind."""
    return list(Parcel.objects.filter(service_kind=kind))


def told(guardian: Guardian) -> list[str]:
    """What the school said to an adult, oldest first."""
    return list(Parcel.objects.filter(guardian=guardian).order_by("pk").values_list("text", flat=True))


def sibling(town: Town, name: str = "Ayesha Yousaf") -> Student:
    """One more child of Mr Yousaf's, in no class."""
    child = Student.objects.create(school=town.school, name=name)
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=child)
    return child
