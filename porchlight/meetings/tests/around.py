"""Around a meeting, for these tests: who reads which page, what a home says, and what it got."""

from __future__ import annotations

from datetime import UTC, datetime

import time_machine
from django.http import HttpResponse

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.families.models import Guardian, Guardianship, Student
from porchlight.meetings.models import Meeting
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.schools.models import StaffMember

BASE = "/maple-street"
WEDNESDAY = datetime(2026, 10, 14, 15, 0, tzinfo=UTC)  # four in London, the day before the meeting
BEFORE_FIVE = datetime(2026, 10, 15, 15, 0, tzinfo=UTC)  # four in London, an hour before it


def opens(person: StaffMember | Guardian | Student, path: str, at: datetime = NOW) -> HttpResponse:
    """A page of theirs, at a moment."""
    with time_machine.travel(at, tick=False):
        return browser_of(person).get(f"{BASE}{path}")


def posts(
    person: StaffMember | Guardian | Student, path: str, at: datetime = NOW, **fields: str
) -> HttpResponse:
    """A tap or a form of theirs."""
    with time_machine.travel(at, tick=False):
        return browser_of(person).post(f"{BASE}{path}", fields)


def html(response: HttpResponse) -> str:
    """What stands on it."""
    return response.content.decode()


def mother_apart(town: Town) -> Guardian:
    """Hamza's mother, who lives elsewhere and comes on her own."""
    home = town.home(7, reads="en", speaks="en")
    mother = home.guardian
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    return mother


def hers(town: Town, mother: Guardian, **others: object) -> Meeting:
    """Her own time with Ms Amal about Hamza, twenty minutes later."""
    at = datetime(2026, 10, 15, 16, 20, tzinfo=UTC)
    return meet(town, at, guests=[mother], **others)
