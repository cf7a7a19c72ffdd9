"""Maple Street School at its desks, on a Tuesday afternoon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from porchlight.conversations.models import Message, Thread
from porchlight.conversations.tests.conftest import Town, _gateways, town
from porchlight.conversations.tests.conftest import staff as colleague
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember

__all__ = ["_gateways", "town"]
BASE = "/maple-street"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


def signed_in(person: StaffMember) -> Client:
    client = Client()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def amal(town: Town) -> Client:
    return signed_in(town.amal)


@pytest.fixture
def bell(town: Town) -> Client:
    return signed_in(colleague(town.school, "Mr Bell", Role.LEADER))


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
