"""An afternoon of several visits: in an order that suits the families, with minutes that people wrote in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.conversations.tests.conftest import Town
from porchlight.meetings.models import Travel, Visit, Where
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.meetings.tests.visit_kit import bell, offered
from porchlight.meetings.visits import route, welcoming

NOON, EVENING = THURSDAY - timedelta(hours=3), THURSDAY + timedelta(hours=2)


def visits(town: Town, *districts: str) -> list[Visit]:
    for number, district in enumerate(districts, 2):
        home = town.home(number)
        visit = offered(town, home=home)
        welcoming.choose_place(visit, Where.HOME, by=home.guardian.actor(), now=NOW)
        Visit.objects.filter(pk=visit.pk).update(district=district)
    return list(Visit.objects.order_by("pk").select_related("student__school"))


def proposed(town: Town, rows: list[Visit], starts=NOON, ends=EVENING) -> route.Route:
    return route.propose(rows, (town.amal, bell(town)), starts, ends)


def test_times_that_families_said_are_kept_and_the_others_stand_around_them(town: Town) -> None:
    rows = visits(town, "BD8", "BD8", "BD9")
    for one, other, minutes in (("", "bd8", 10), ("BD9", "", 20), ("BD9", "BD8", 5)):
        route.keep_travel(town.school, one, other, minutes)
    said = THURSDAY
    welcoming.choose_times(rows[0], [said], by=rows[0].guardian.actor(), now=NOW)
    found = proposed(town, rows)
    assert found.left == []
    assert {stop.visit.pk: stop.starts_at for stop in found.stops}[rows[0].pk] == said
    assert [stop.is_chosen for stop in found.stops if stop.visit == rows[0]] == [True]
    ends = [stop.starts_at + timedelta(minutes=40) for stop in found.stops]
    gaps = [(b.starts_at - a).total_seconds() / 60 for a, b in zip(ends, found.stops[1:], strict=False)]
    assert all(gap >= stop.minutes for gap, stop in zip(gaps, found.stops[1:], strict=True))
    assert found.stops[0].starts_at >= NOON + timedelta(minutes=found.stops[0].minutes)
    assert all(stop.is_known for stop in found.stops)


def test_what_has_no_place_that_afternoon_is_left_and_named(town: Town) -> None:
    rows = visits(town, "BD8", "BD8", "BD8")
    route.keep_travel(town.school, "", "BD8", 10)
    found = proposed(town, rows, THURSDAY, THURSDAY + timedelta(minutes=65))
    assert (len(found.stops), len(found.left)) == (1, 2)


def test_what_the_two_already_sit_in_is_not_planned_over(town: Town) -> None:
    rows = visits(town, "BD8")
    route.keep_travel(town.school, "", "BD8", 10)
    meet(town, THURSDAY, hosts=[town.amal])
    found = proposed(town, rows, THURSDAY - timedelta(minutes=30), THURSDAY + timedelta(minutes=80))
    assert found.stops[0].starts_at == THURSDAY + timedelta(minutes=20)


def test_minutes_nobody_wrote_in_are_said_to_be_a_guess(town: Town) -> None:
    rows = visits(town, "BD3")
    (stop,) = proposed(town, rows).stops
    assert (stop.minutes, stop.is_known) == (route.UNKNOWN, False)


def test_both_ways_take_as_long_and_stand_once(town: Town) -> None:
    route.keep_travel(town.school, "BD9", "BD8", 5)
    route.keep_travel(town.school, "bd8", "BD9 ", 7)
    assert list(Travel.objects.values_list("one", "other", "minutes")) == [("BD8", "BD9", 7)]


@pytest.mark.parametrize("minutes", [40, 15])
def test_a_visit_to_a_family_whom_the_two_do_not_suit_is_left(town: Town, minutes: int) -> None:
    rows = visits(town, "BD8")
    Visit.objects.update(person="woman", minutes=minutes)
    found = proposed(town, list(Visit.objects.select_related("student__school")))
    assert (list(found.stops), found.left) == ([], rows)
