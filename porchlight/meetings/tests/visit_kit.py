"""Visits of these tests: who of Maple Street School goes, what Mr Yousaf says, and what stands on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.hearing_kit import say
from porchlight.delivery.tests import cast
from porchlight.families.models import Guardian, Guardianship
from porchlight.meetings.models import Visit, Welcome, Where
from porchlight.meetings.tests.conftest import NOW, THURSDAY
from porchlight.meetings.visits import pairing, welcoming
from porchlight.meetings.visits.offering import offer
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember

BASE = "/maple-street"
FRIDAY = datetime(2026, 10, 16, 15, 30, tzinfo=UTC)


def bell(town: Town) -> StaffMember:
    """Mr Bell, who also teaches here."""
    return StaffMember.objects.filter(name="Mr Bell").first() or staff(town.school, "Mr Bell", Role.TEACHER)


def leader(town: Town) -> StaffMember:
    """Mrs Price, who leads the school."""
    found = StaffMember.objects.filter(name="Mrs Price").first()
    return found or staff(town.school, "Mrs Price", Role.LEADER)


def deputy(town: Town) -> StaffMember:
    """Mr Cole, her deputy."""
    return staff(town.school, "Mr Cole", Role.LEADER, deputy=True)


def offered(town: Town, *times: datetime, now: datetime = NOW, home: cast.Home | None = None) -> Visit:
    """Ms Amal asks a home whether we may come."""
    at = home or town.yousaf
    return offer(student=at.student, guardian=at.guardian, by=town.amal.actor(), now=now, times=times)


def says(town: Town, text: str, minutes: int = 1, home: cast.Home | None = None) -> None:
    """A text message comes from a home."""
    say(town, text, NOW + timedelta(minutes=minutes), (home or town.yousaf).address)


def welcomed(town: Town) -> Visit:
    """They said yes, at home."""
    visit = offered(town)
    by = town.yousaf.guardian.actor()
    welcoming.choose_place(visit, Where.HOME, by=by, now=NOW)
    return Visit.objects.get()


def permitted(town: Town) -> Visit:
    """And Ms Amal and Mr Bell may go."""
    visit = welcomed(town)
    assert visit.word == Welcome.HOME
    pairing.name_pair(visit, town.amal, bell(town), by=town.amal.actor(), now=NOW)
    pairing.permit(visit, pairing.Of.PAIR, by=leader(town).actor(), now=NOW)
    return Visit.objects.get()


def with_day(town: Town, at: datetime = THURSDAY) -> Visit:
    """And the day stands: Thursday at five, for forty minutes."""
    pairing.fix_day(permitted(town), at, by=town.amal.actor(), now=NOW)
    return Visit.objects.get()


def other_parent(town: Town) -> Guardian:
    """Hamza's mother, who lives elsewhere."""
    mother = Guardian.objects.create(school=town.school, name="Hamza's mother")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    cast.reach(town.school, mother, "+447700900777")
    return mother
