"""Maple Street School at its desks, on a Tuesday afternoon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message, Thread
from porchlight.conversations.tests.conftest import Town, _gateways, town
from porchlight.conversations.tests.conftest import staff as colleague
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.actors import Role

__all__ = ["_gateways", "town"]
BASE = "/maple-street"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def amal(town: Town) -> Client:
    return browser_of(town.amal)


@pytest.fixture
def bell(town: Town) -> Client:
    return browser_of(colleague(town.school, "Mr Bell", Role.LEADER))


def heard(
    home: cast.Home, text: str = "When is the trip?", at: datetime = TUESDAY, **fields: object
) -> Message:
    """Words from a home."""
    thread, _ = Thread.objects.get_or_create(
        school_id=home.tie.school_id, guardian=home.guardian, student=home.student
    )
    return Message.objects.create(
        school_id=home.tie.school_id,
        thread=thread,
        author="guardian",
        text=text,
        language=home.guardian.reading,
        said_at=at,
        **fields,
    )
