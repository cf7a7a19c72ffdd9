"""From the days a family names to days of the school's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from porchlight.languages.absence_days import Day, Days
from porchlight.schools.calendar import is_school_day, next_school_day, school_days
from porchlight.schools.models import School

FURTHEST = timedelta(days=60)  # a longer absence is talked about


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included. `certain`: the words, or the hour they came at, leave no doubt."""

    first: date
    last: date
    certain: bool = True


def span_of(days: Days, *, school: School, said_at: datetime, past: bool = False) -> Span | None:
    """The days that are meant, or None where no school day is among them or they reach too far.

    Whoever says "ill since yesterday" speaks of today: yesterday is over. Whoever writes in the evening without a day
    may mean tomorrow, so that is not certain.
    """
    today = school.local(said_at).date()
    first = _on(days.first, today) if days.first else None
    certain = True
    if first is None or (first < today and not past):
        first, certain = _unsaid(school, said_at, is_said=first is not None)
    last = _last(days, first, school)
    if not first <= last <= first + FURTHEST or not school_days(school, first, last):
        return None
    return Span(first, last, certain)


def _unsaid(school: School, said_at: datetime, *, is_said: bool) -> tuple[date, bool]:
    """Today, while there is school; later, the next school day, and we ask."""
    local = school.local(said_at)
    if is_school_day(school, local.date()) and (is_said or local.time() < school.closes_at):
        return local.date(), True
    return next_school_day(school, local.date()), False


def _last(days: Days, first: date, school: School) -> date:
    if days.last is not None:
        return _on(days.last, first)
    if days.back is not None:
        before = _on(days.back, first) - timedelta(days=1)
        return max([first, *school_days(school, first, before)])
    if days.count is not None and days.count > 1:
        ahead = school_days(school, first, first + FURTHEST * 2)[: days.count]
        return ahead[-1] if ahead else first  # no term is written down for then
    return first


def _on(day: Day, today: date) -> date:
    if day.offset is not None:
        return today + timedelta(days=day.offset)
    return today + timedelta(days=((day.weekday or 0) - today.weekday()) % 7)
