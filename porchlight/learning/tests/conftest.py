"""Maple Street School for these tests, as in `conversations`; and what a home says at which moment."""

from __future__ import annotations

from datetime import UTC, datetime

import time_machine

from porchlight.conversations.hearing import Outcome, Words, hear
from porchlight.conversations.tests import conftest as conversations
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Parcel
from porchlight.families.models import Address, Guardian, Guardianship, Student
from porchlight.learning.models import Absence

_gateways, town = conversations._gateways, conversations.town

MORNING = datetime(2026, 10, 13, 7, 30, tzinfo=UTC)  # Tuesday, half past eight in London; school is open


def say(town: Town, text: str, at: datetime = MORNING, address: Address | None = None, **fields) -> Outcome:
    """Mr Yousaf, or who uses this address, writes to the school."""
    address = town.yousaf.address if address is None else address
    words = Words(text=text, channel="sms", at=at, sender=address.value, **fields)
    with time_machine.travel(at, tick=False):
        return hear(school=town.school, address=address, words=words, now=at)


def told(guardian: Guardian) -> list[str]:
    """What the school said to an adult, oldest first."""
    return list(Parcel.objects.filter(guardian=guardian).order_by("pk").values_list("text", flat=True))


def sibling(town: Town, name: str = "Ayesha Yousaf") -> Student:
    child = Student.objects.create(school=town.school, name=name)
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=child)
    return child


def listed() -> list[tuple]:
    """The list: child, first day, last day, kind of reason."""
    rows = Absence.objects.standing().select_related("student").order_by("first_day", "pk")
    return [
        (row.student.short_name, row.first_day.isoformat(), row.last_day.isoformat(), row.why) for row in rows
    ]
