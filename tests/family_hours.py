"""Times with a teacher and with a counsellor, as full as their pages get: hours every day, some booked."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.http import HttpResponse

from porchlight.conversations.tests.conftest import staff
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.meetings.arranging import arrange
from porchlight.meetings.models import HoursFor, Mode, Sort, StandingHours
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember
from tests.family_home import Home


def _keeps(person: StaffMember, purpose: HoursFor) -> None:
    if person.standing_hours.exists():
        return
    for weekday in range(5):
        StandingHours.objects.create(
            school=person.school, staff=person, purpose=purpose, weekday=weekday, starts=time(15), ends=time(17),
            minutes=10, modes=[Mode.IN_PERSON, Mode.PHONE, Mode.VIDEO], since=date(2026, 9, 1),
        )  # fmt: skip


def _lee(home: Home) -> StaffMember:
    found = StaffMember.objects.in_school(home.town.school).filter(name="Mr Lee").first()
    person = found or staff(home.town.school, "Mr Lee", Role.COUNSELLOR)
    _keeps(person, HoursFor.COUNSELLING)
    return person


def with_teachers(home: Home) -> HttpResponse:
    """With three meetings to come."""
    _keeps(home.town.amal, HoursFor.FAMILIES)
    for days in (7, 8, 9):
        starts_at = TUESDAY + timedelta(days=days)
        arrange(
            sort=Sort.OFFICE_HOUR, mode=Mode.IN_PERSON, student=home.town.yousaf.student,
            guests=[home.town.yousaf.guardian], hosts=[home.town.amal], starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=10), place="Room 4, first floor", by=home.town.amal.actor(),
            now=TUESDAY,
        )  # fmt: skip
    return home.father.get("/maple-street/hours/with-teachers/")


def hours_of(home: Home) -> HttpResponse:
    """As many times as one page shows."""
    _keeps(home.town.amal, HoursFor.FAMILIES)
    return home.father.get(f"/maple-street/hours/of/{home.town.amal.key}/")


def counselling_at_home(home: Home) -> HttpResponse:
    """Asked, with times to choose from, and the form under them."""
    lee = _lee(home)
    page = "/maple-street/counselling/at-home/"
    home.father.post(page, {"counsellor": lee.key, "topic": "feelings", "words": home.said(2)[0]})
    return home.father.get(page)


def my_counselling(home: Home) -> HttpResponse:
    """The student's own page of it."""
    lee = _lee(home)
    page = "/maple-street/counselling/mine/"
    home.child.post(page, {"counsellor": lee.key, "topic": "friends", "words": home.said(2)[0]})
    return home.child.get(page)
