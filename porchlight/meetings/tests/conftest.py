"""Maple Street School for these tests, as in `conversations`; and a colleague of it with an hour to spare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from porchlight.conversations.tests import conftest as conversations
from porchlight.conversations.tests.conftest import Town
from porchlight.meetings.arranging import arrange
from porchlight.meetings.models import Meeting, Mode, Sort

_gateways, town = conversations._gateways, conversations.town

NOW = datetime(2026, 10, 13, 14, 10, tzinfo=UTC)  # Tuesday, ten past three in London
THURSDAY = datetime(2026, 10, 15, 16, 0, tzinfo=UTC)  # five in London


def meet(town: Town, at: datetime = THURSDAY, **others) -> Meeting:
    """Ms Amal and Mr Yousaf, ten minutes about Hamza."""
    facts = {
        "sort": Sort.CONFERENCE,
        "mode": Mode.IN_PERSON,
        "student": town.yousaf.student,
        "guests": [town.yousaf.guardian],
        "hosts": [town.amal],
        "starts_at": at,
        "ends_at": at + timedelta(minutes=10),
        "place": "Room 4",
        "by": town.amal.actor(),
        "now": NOW,
    }
    return arrange(**facts | others)


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return meet(town)
