"""School days: terms, closures, the school's own week; what promises and windows count in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from porchlight.schools.calendar import is_school_day, next_school_day, school_days, window_start
from porchlight.schools.models import Closure, School, Term

LAHORE = ZoneInfo("Asia/Karachi")


@pytest.fixture
def school(db) -> School:
    return School.objects.create(slug="maple-street", name="Maple Street School", timezone="Asia/Karachi")


@pytest.fixture
def spring(school) -> Term:
    return Term.objects.create(
        school=school, name="Spring", starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 27)
    )


def test_a_school_without_terms_is_open_monday_to_friday(school):
    days = school_days(school, date(2026, 1, 2), date(2026, 1, 6))
    assert days == [date(2026, 1, 2), date(2026, 1, 5), date(2026, 1, 6)]


def test_a_school_has_its_own_week(school):
    school.weekdays = [0, 1, 2, 3, 5]  # closed on Friday and Sunday
    days = school_days(school, date(2026, 1, 1), date(2026, 1, 5))
    assert days == [date(2026, 1, 1), date(2026, 1, 3), date(2026, 1, 5)]


def test_a_term_counts_its_first_and_last_day(school, spring):
    assert school_days(school, date(2026, 1, 1), date(2026, 1, 6)) == [date(2026, 1, 5), date(2026, 1, 6)]
    assert is_school_day(school, date(2026, 3, 27))
    assert not is_school_day(school, date(2026, 3, 30))


def test_a_closure_takes_its_days_out(school, spring):
    Closure.objects.create(school=school, name="Snow", starts_on=date(2026, 1, 6), ends_on=date(2026, 1, 7))
    assert school_days(school, date(2026, 1, 5), date(2026, 1, 8)) == [date(2026, 1, 5), date(2026, 1, 8)]


def test_another_schools_calendar_does_not_count(school, spring):
    other = School.objects.create(slug="oak-lane", name="Oak Lane School")
    Closure.objects.create(school=other, name="Snow", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 9))
    assert is_school_day(school, date(2026, 1, 5))


def test_days_that_end_before_they_begin_are_none(school):
    assert school_days(school, date(2026, 1, 6), date(2026, 1, 5)) == []


def test_the_next_school_day_is_after_the_holidays(school, spring):
    Term.objects.create(school=school, name="Summer", starts_on=date(2026, 4, 13), ends_on=date(2026, 7, 3))
    assert next_school_day(school, date(2026, 3, 27)) == date(2026, 4, 13)


def test_a_school_shut_for_longer_than_a_year_is_taken_to_keep_its_plain_week(school):
    Closure.objects.create(
        school=school, name="Flood", starts_on=date(2026, 1, 5), ends_on=date(2027, 12, 31)
    )
    assert not is_school_day(school, date(2026, 3, 30))
    assert next_school_day(school, date(2026, 3, 27)) == date(2026, 3, 30)


def test_a_window_begins_at_midnight_at_the_school_and_lets_holidays_pass_free(school, spring):
    Term.objects.create(school=school, name="Summer", starts_on=date(2026, 4, 13), ends_on=date(2026, 7, 3))
    now = datetime(2026, 4, 13, 20, 30, tzinfo=ZoneInfo("UTC"))  # already the 14th at the school
    assert window_start(school, now, 2) == datetime(2026, 4, 13, tzinfo=LAHORE)
    assert window_start(school, now, 3) == datetime(2026, 3, 27, tzinfo=LAHORE)


def test_a_window_longer_than_the_calendar_goes_back_as_far_as_we_look(school, spring):
    now = datetime(2026, 1, 6, 6, tzinfo=ZoneInfo("UTC"))
    assert window_start(school, now, 42) == datetime(2024, 12, 2, tzinfo=LAHORE)
