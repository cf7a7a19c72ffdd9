"""School days: what every window and promise counts in."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import Value

from porchlight.schools.models import Closure, School, Term
from porchlight.toolbox.gaps import Gap, Question

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
FURTHEST = 400  # days looked ahead or back before the plain week is used instead


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a school has written down of its year: asked once, for all that a page counts in school days."""

    week: Set[int]
    terms: Sequence[tuple[date, date]]
    closed: Sequence[tuple[date, date]]

    def days(self, first: date, last: date) -> list[date]:
        """As `school_days`."""
        closed = [one for one in self.closed if one[1] >= first and one[0] <= last]
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [
            day
            for day in days
            if day.weekday() in self.week
            and (not self.terms or any(start <= day <= end for start, end in self.terms))
            and not any(start <= day <= end for start, end in closed)
        ]


def written(school: School) -> Calendar:
    """In one question to the database."""
    rows = _lines(connection.vendor).ask(school=school.pk)
    return Calendar(
        set(school.weekdays or MONDAY_TO_FRIDAY),
        [(start, end) for start, end, is_term in rows if is_term],
        [(start, end) for start, end, is_term in rows if not is_term],
    )


@lru_cache(maxsize=2)
def _lines(_vendor: str) -> Question[tuple[date, date, bool]]:
    """From when to when, and whether that is a term."""
    terms = Term.objects.filter(school=Gap("school")).order_by()
    closures = Closure.objects.filter(school=Gap("school")).order_by()
    said = "starts_on", "ends_on"
    both = terms.values_list(*said, Value(value=True)).union(
        closures.values_list(*said, Value(value=False)), all=True
    )
    return Question(both)


def school_days(school: School, first: date, last: date) -> list[date]:
    """The school days from `first` to `last`, both included.

    A school that has written down no terms at all is taken to be open every week.
    """
    return written(school).days(first, last) if first <= last else []


def is_school_day(school: School, day: date) -> bool:
    """Whether school is held on a day."""
    return bool(school_days(school, day, day))


def next_school_day(school: School, after: date) -> date:
    """The first school day after a day. Beyond the written calendar the plain week counts."""
    days = school_days(school, after + timedelta(days=1), after + timedelta(days=FURTHEST))
    if days:
        return days[0]
    week = set(school.weekdays or MONDAY_TO_FRIDAY)
    return next(day for day in (after + timedelta(days=n) for n in range(1, 9)) if day.weekday() in week)


def window_start(school: School, now: datetime, days: int, *, calendar: Calendar | None = None) -> datetime:
    """The moment from which on `days` school days, today included, have passed; ten weeks of holidays pass free."""
    today = school.local(now).date()
    found = (calendar or written(school)).days(today - timedelta(days=FURTHEST), today)
    first = found[-days] if len(found) >= days else today - timedelta(days=FURTHEST)
    return datetime.combine(first, time.min, tzinfo=school.zone)
