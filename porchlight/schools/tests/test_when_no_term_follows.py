"""After the last term that is written down: holidays for as long as a year before, then the plain week again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from porchlight.schools.calendar import (
    FURTHEST,
    LONGEST_HOLIDAYS,
    Calendar,
    is_school_day,
    next_school_day,
    school_days,
    window_start,
)
from porchlight.schools.models import School, Term
from porchlight.schools.resting import IDLE_SCHOOL_DAYS

WEEK = {0, 1, 2, 3, 4}
DAY = timedelta(days=1)
NEW_YEAR = date(2026, 1, 1)


def after(*terms: tuple[date, date]) -> date:
    """The first school day behind these terms."""
    calendar = Calendar(WEEK, terms, [])
    return calendar.next_day(max(end for _start, end in terms))


@pytest.mark.parametrize(
    ("terms", "back"),
    [
        ([(date(2025, 9, 3), date(2026, 7, 21))], date(2026, 9, 2)),  # six weeks, as in England
        ([(date(2025, 4, 1), date(2026, 3, 20))], date(2026, 3, 31)),  # ten days, as in Peshawar
        ([(date(2025, 9, 15), date(2026, 6, 16))], date(2026, 9, 14)),  # almost thirteen weeks, as in Madrid
        ([(date(2026, 1, 28), date(2026, 12, 17))], date(2027, 1, 27)),  # as in Auckland
        # two years are written down: the later one counts
        (
            [(date(2024, 9, 4), date(2025, 7, 22)), (date(2025, 9, 3), date(2026, 7, 21))],
            date(2026, 9, 2),
        ),
        # three terms of a year each, and the third is missing: as long as these holidays were a year before
        (
            [
                (date(2025, 4, 22), date(2025, 7, 22)),
                (date(2025, 9, 3), date(2025, 12, 19)),
                (date(2026, 1, 5), date(2026, 3, 27)),
            ],
            date(2026, 4, 21),
        ),
        # of a year only one term is known: six weeks, whatever follows
        ([(date(2026, 4, 13), date(2026, 7, 3))], date(2026, 8, 17)),
        # a year without holidays
        ([(date(2025, 8, 1), date(2026, 7, 31))], date(2026, 8, 3)),
    ],
)
def test_school_is_back_as_it_was_a_year_before(terms: list[tuple[date, date]], back: date) -> None:
    assert after(*terms) == back


def test_in_september_without_new_terms_school_is_open_and_in_august_it_is_not(db: None) -> None:
    school = School.objects.create(slug="maple-street", name="Maple Street School", timezone="Europe/London")
    Term.objects.create(school=school, name="Year", starts_on=date(2025, 9, 3), ends_on=date(2026, 7, 21))
    assert not is_school_day(school, date(2026, 8, 18))
    assert next_school_day(school, date(2026, 8, 18)) == date(2026, 9, 2)
    assert is_school_day(school, date(2026, 9, 8))
    assert not is_school_day(school, date(2026, 9, 12)), "a Saturday"
    idle_before = window_start(
        school, datetime(2026, 9, 7, 9, tzinfo=ZoneInfo("Europe/London")), IDLE_SCHOOL_DAYS
    )
    assert idle_before.date() < date(2026, 7, 1), "the summer holidays pass free"


def test_terms_that_never_end_are_no_fault() -> None:
    calendar = Calendar(WEEK, [(date(2026, 9, 1), date.max)], [])
    assert calendar.days(date(2026, 9, 1), date(2026, 9, 2)) == [date(2026, 9, 1), date(2026, 9, 2)]


spans = some.builds(
    lambda start, long: (NEW_YEAR + start * DAY, NEW_YEAR + (start + long) * DAY),
    some.integers(-700, 700),
    some.integers(0, 200),
)
calendars = some.builds(
    Calendar,
    some.sets(some.integers(0, 6), min_size=1),
    some.lists(spans, max_size=6),
    some.lists(spans, max_size=2),
)


@given(calendars, some.integers(-900, 1500))
def test_every_way_to_ask_for_a_school_day_gives_the_same_answer(calendar: Calendar, n: int) -> None:
    day = NEW_YEAR + n * DAY
    ahead = calendar.days(day + DAY, day + FURTHEST * DAY)
    assert [one for one in ahead if not calendar.days(one, one)] == []
    if ahead:
        back = calendar.next_day(day)
        assert calendar.days(back, back) == [back]
        assert calendar.days(day + DAY, back - DAY) == []
    else:
        assert calendar.next_day(day).weekday() in calendar.week


@given(calendars)
def test_between_two_terms_is_no_school_and_behind_the_last_there_is_some(calendar: Calendar) -> None:
    last = calendar.ends_on
    if last is None:
        return
    for day in calendar.days(NEW_YEAR - 900 * DAY, last):
        assert any(start <= day <= end for start, end in calendar.terms)
    behind = calendar.open_days(last + DAY, last + LONGEST_HOLIDAYS + 500 * DAY)
    assert behind, "closures are never that long here"
    assert last < calendar.plain_from <= last + LONGEST_HOLIDAYS


def test_a_schools_own_days_agree_with_its_calendar(db: None) -> None:
    school = School.objects.create(slug="maple-street", name="Maple Street School", timezone="Europe/London")
    Term.objects.create(school=school, name="Spring", starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 27))
    days = school_days(school, date(2026, 1, 1), date(2026, 7, 31))
    for n in range(211):
        day = NEW_YEAR + n * DAY
        assert is_school_day(school, day) == (day in days)
        assert next_school_day(school, day) == next((one for one in days if one > day), date(2026, 8, 3))
