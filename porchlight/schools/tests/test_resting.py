"""T47. A post nobody used for 45 days, 30 of them school days, opens nothing; holidays alone rest nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from porchlight.accounts.models import User
from porchlight.schools.actors import Role, posts_of, school_ids_of, system
from porchlight.schools.models import Closure, School, StaffMember
from porchlight.schools.resting import let_in_again, rest_the_idle
from porchlight.schools.tests.colleagues import colleague

pytestmark = pytest.mark.django_db
LAST = datetime(2026, 6, 19, 12, tzinfo=UTC)  # a Friday


def person(school: School, name: str, role: Role, last: datetime | None) -> StaffMember:
    user = User.objects.create_user(f"{name}@example.org", last_login=last)
    return colleague(school, name, role, user=user, created_at=LAST - timedelta(days=400))


@pytest.fixture
def school() -> School:
    made: School = School.objects.create(slug="oak-lane", name="Oak Lane", timezone="Europe/London")
    Closure.objects.create(school=made, name="Summer", starts_on="2026-06-20", ends_on="2026-08-31")
    return made


def test_t47_ten_weeks_of_holidays_rest_nobody(school: School) -> None:
    idle = person(school, "idle", Role.TEACHER, LAST)
    assert rest_the_idle(school, datetime(2026, 8, 31, 3, tzinfo=UTC)) == []
    assert rest_the_idle(school, LAST + timedelta(days=100)) == []  # 27 September: not 30 school days yet
    assert rest_the_idle(school, datetime(2026, 10, 13, 3, tzinfo=UTC)) == [idle]


def test_t47_who_rests_opens_nothing_until_let_in(school: School) -> None:
    idle = person(school, "idle", Role.TEACHER, LAST)
    busy = person(school, "busy", Role.TEACHER, datetime(2026, 10, 1, tzinfo=UTC))
    now = datetime(2026, 11, 10, 3, tzinfo=UTC)
    assert (rest_the_idle(school, now), rest_the_idle(school, now)) == ([idle], [])
    assert (posts_of(idle.user, school), school_ids_of(idle.user)) == ([], set())
    assert len(posts_of(busy.user, school)) == 1
    idle.refresh_from_db()
    let_in_again(idle, by=system(school.pk), now=now)
    assert len(posts_of(idle.user, school)) == 1
    assert rest_the_idle(school, now + timedelta(days=1)) == []  # the days count anew


def test_t47_the_last_who_leads_is_never_shut_out(school: School) -> None:
    first = person(school, "first", Role.LEADER, LAST - timedelta(days=30))
    person(school, "last", Role.LEADER, LAST)
    assert rest_the_idle(school, datetime(2027, 3, 1, tzinfo=UTC)) == [first]


def test_t47_who_was_invited_and_never_came_is_not_counted(school: School) -> None:
    StaffMember.objects.create(school=school, name="invited", created_at=LAST)
    assert rest_the_idle(school, datetime(2027, 3, 1, tzinfo=UTC)) == []
