"""Maple Street School for these tests, as in `conversations`; and what a home says at which moment."""

from __future__ import annotations

from datetime import UTC, datetime

from porchlight.conversations.hearing import Outcome
from porchlight.conversations.tests import conftest as conversations
from porchlight.conversations.tests import hearing_kit
from porchlight.conversations.tests.conftest import Town
from porchlight.families.models import Address
from porchlight.learning.models import Absence

_gateways, town = conversations._gateways, conversations.town

MORNING = datetime(2026, 10, 13, 7, 30, tzinfo=UTC)  # Tuesday, half past eight in London; school is open


def say(town: Town, text: str, at: datetime = MORNING, address: Address | None = None, **fields) -> Outcome:
    """Mr Yousaf, or who uses this address, writes to the school in the morning."""
    return hearing_kit.say(town, text, at, address, **fields)


def listed() -> list[tuple]:
    """The list: child, first day, last day, kind of reason."""
    rows = Absence.objects.standing().select_related("student").order_by("first_day", "pk")
    return [
        (row.student.short_name, row.first_day.isoformat(), row.last_day.isoformat(), row.why) for row in rows
    ]
