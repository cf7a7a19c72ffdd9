"""How often we answered in time: counted by class and language, never of few homes, never by a colleague's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message, PromiseKept
from porchlight.conversations.placing import thread_of
from porchlight.conversations.promise_kept import count_for_families, look, told_to_families
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.tests.cast import TUESDAY, Home
from porchlight.families.models import Enrolment
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass

BASE = "/maple-street"
MONDAY_WEEK = TUESDAY - timedelta(days=8)  # 15:10, a Monday; the promise is one school day
SINCE = TUESDAY - timedelta(days=28)


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def wrote(home: Home, at: datetime, **fields: object) -> Message:
    return Message.objects.create(
        school=home.tie.school, thread=thread_of(home.tie), author="guardian", text="When is the trip?",
        language="en", said_at=at, **fields,
    )  # fmt: skip


def answered(town: Town, home: Home, at: datetime) -> None:
    reply(thread=thread_of(home.tie), text="On Friday.", language="en", by=town.amal.actor(), now=at)


def homes(town: Town, first: int, count: int, **fields: object) -> list[Home]:
    return [town.home(number, **fields) for number in range(first, first + count)]


def test_in_time_late_and_waiting(town: Town) -> None:
    in_time, late, waits, fresh = homes(town, 2, 4)
    wrote(in_time, MONDAY_WEEK)
    wrote(in_time, MONDAY_WEEK + timedelta(minutes=5))  # the same wait
    answered(town, in_time, MONDAY_WEEK + timedelta(hours=18))  # next morning, 9:10
    wrote(late, MONDAY_WEEK)
    answered(town, late, MONDAY_WEEK + timedelta(days=2))
    wrote(waits, MONDAY_WEEK)
    wrote(fresh, TUESDAY - timedelta(hours=1))
    wrote(town.yousaf, MONDAY_WEEK, settled_at=MONDAY_WEEK, settled_by=town.amal)
    seen = look(town.school, town.okafor.actor(), since=SINCE, now=TUESDAY)
    assert (seen.whole.kept, seen.whole.asked, seen.whole.waiting, seen.settled) == (1, 3, 2, 1)
    # 15:10 to 16:00 and 8:00 to 9:10 are two hours; and 50 min, eight hours, 7 h 10 min of school are sixteen
    assert seen.whole.hours == pytest.approx(9.0)


def test_a_second_wait_begins_after_an_answer(town: Town) -> None:
    (home,) = homes(town, 2, 1)
    wrote(home, MONDAY_WEEK)
    answered(town, home, MONDAY_WEEK + timedelta(minutes=10))
    wrote(home, MONDAY_WEEK + timedelta(minutes=30))
    seen = look(town.school, town.okafor.actor(), since=SINCE, now=TUESDAY).whole
    assert (seen.homes, seen.kept, seen.asked, seen.waiting) == (1, 1, 2, 1)


def test_groups_of_few_homes_are_not_shown_nor_to_be_reckoned_from_the_whole(town: Town) -> None:
    for home in [*homes(town, 2, 5), *homes(town, 10, 6, speaks="es"), *homes(town, 20, 4, speaks="pl")]:
        wrote(home, MONDAY_WEEK)
    seen = look(town.school, town.okafor.actor(), since=SINCE, now=TUESDAY)
    assert [tag for tag, _figure in seen.by_language] == ["es"]  # en alone would tell what is left: pl
    assert [(name, one.homes) for name, one in seen.by_class] == [("4A", 15)]
    page = browser_of(town.okafor).get(f"{BASE}/promise/").content.decode()
    assert "polski" not in page
    assert "fewer than five homes" in page
    assert town.amal.name not in page.split("<main")[1]


def test_a_teacher_sees_her_own_homes_alone_and_a_leader_all(town: Town) -> None:
    other = SchoolClass.objects.create(school=town.school, name="5B")
    home = town.home(2)
    Enrolment.objects.filter(student=home.student).update(school_class=other)
    wrote(home, MONDAY_WEEK)
    wrote(town.yousaf, MONDAY_WEEK)
    leader = staff(town.school, "Mrs Lind", Role.LEADER)
    counted = {
        one: look(town.school, one.actor(), since=SINCE, now=TUESDAY).whole for one in (town.amal, leader)
    }
    assert [one.homes for one in counted.values()] == [1, 2]
    assert (
        "Too few homes to show" in browser_of(town.amal).get(f"{BASE}/promise/?since=term").content.decode()
    )
    assert Client().get(f"{BASE}/promise/").status_code == 302


def test_it_asks_the_database_no_more_when_more_is_said(town: Town) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            look(town.school, town.okafor.actor(), since=SINCE, now=TUESDAY)
        return len(queries)

    first, *others = homes(town, 2, 7)
    wrote(first, MONDAY_WEEK)
    few = asked()
    for home in others:
        wrote(home, MONDAY_WEEK)
        answered(town, home, MONDAY_WEEK + timedelta(hours=1))
    assert asked() == few


def test_families_read_it_only_where_the_school_shows_it_and_there_is_enough(town: Town) -> None:
    for home in homes(town, 2, 20):
        wrote(home, MONDAY_WEEK)
        answered(town, home, MONDAY_WEEK + timedelta(hours=1))
    count_for_families(town.school, TUESDAY)
    assert not PromiseKept.objects.exists()
    town.school.shows_promise_kept = True
    town.school.save()
    count_for_families(town.school, TUESDAY)
    found = told_to_families(town.school)
    assert found is not None
    assert (found.kept, found.asked) == (20, 20)
    wrote(town.yousaf, MONDAY_WEEK)
    count_for_families(town.school, TUESDAY + timedelta(hours=1))
    assert PromiseKept.objects.get().asked == 20  # once a day
    count_for_families(town.school, TUESDAY + timedelta(days=1))
    assert PromiseKept.objects.get().asked == 21
    PromiseKept.objects.update(asked=19, kept=19)
    assert told_to_families(town.school) is None
