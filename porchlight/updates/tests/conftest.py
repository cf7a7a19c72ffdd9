"""Maple Street School for these tests, as in `conversations`: its clock, who opens which page, and what is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.hearing import Outcome
from porchlight.conversations.models import Notice
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.tests import conftest as conversations
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import say
from porchlight.families.models import Address
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.models import StaffMember

_gateways, town = conversations._gateways, conversations.town

TUESDAY = datetime(2026, 10, 13, 10, tzinfo=UTC)
THURSDAY = datetime(2026, 10, 15, 14, tzinfo=UTC)  # three o'clock in London
BASE = "/maple-street"
TRIP = "On Friday we go to the museum. Bring water."
TRIP_IN_URDU = "جمعہ کو ہم عجائب گھر جائیں گے۔ پانی لائیں۔"


@pytest.fixture
def clock(town: Town) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


def tells(
    town: Town,
    text: str = TRIP,
    *,
    at: datetime = TUESDAY,
    urdu: str = "",
    question: Question | None = None,
    audience: Audience | None = None,
    by: StaffMember | None = None,
    kind: str = "information",
) -> Notice:
    """An announcement to 4A that has left."""
    author = (by or town.amal).actor()
    draft = Draft(
        text,
        "en",
        audience or Audience(AudienceKind.CLASSES, (town.class_4a.key,)),
        kind=kind,
        question=question,
        versions={"ur": Version(urdu, "ur", Provenance.PERSON, "Ms Reyes")} if urdu else {},
    )
    return release(write(draft, school=town.school, by=author, now=at), by=author, now=at)


def says(town: Town, text: str, address: Address | None = None, at: datetime = TUESDAY) -> Outcome:
    """Mr Yousaf, or who uses this address, writes a text message."""
    return say(town, text, at, address)
