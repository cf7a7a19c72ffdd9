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
YEAR = timedelta(weeks=52)  # the next school year begins on the same day of the week
LONGEST_HOLIDAYS = timedelta(weeks=13)
UNKNOWN_HOLIDAYS = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a school has written down of its year: asked once, for all that a page counts in school days."""

    week: Set[int]
    terms: Sequence[tuple[date, date]]
    closed: Sequence[tuple[date, date]]

    def days(self, first: date, last: date) -> list[date]:
        """As `school_days`."""
        return [day for day in self.open_days(first, last) if day.weekday() in self.week]

    def open_days(self, first: date, last: date) -> list[date]:
        """The same, whatever day of the week it is: in term and not closed."""
        closed = [one for one in self.closed if one[1] >= first and one[0] <= last]
        plain_from = self.plain_from
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [
            day
            for day in days
            if (day >= plain_from or any(start <= day <= end for start, end in self.terms))
            and not any(start <= day <= end for start, end in closed)
        ]

    def next_day(self, after: date) -> date:
        """As `next_school_day`."""
        days = self.days(after + timedelta(days=1), after + timedelta(days=FURTHEST))
        if days:
            return days[0]
        return next(
            day for day in (after + timedelta(days=n) for n in range(1, 9)) if day.weekday() in self.week
        )

    @property
    def ends_on(self) -> date | None:
        """The last day of the last term; None where none is written down."""
        return max((end for _start, end in self.terms), default=None)

    @property
    def plain_from(self) -> date:
        """From here on the plain week counts, because nothing is written down: the last term's holidays are over.

        They last until 52 weeks after that school year began. Where that is longer than any holidays are, only part of
        a year is written down, and six weeks are taken for them.
        """
        last = self.ends_on
        if last is None:
            return date.min
        if last > date.max - 2 * YEAR:
            return date.max
        a_year_on = (start + YEAR for start, _end in self.terms)
        begins = min((day for day in a_year_on if day > last), default=last + timedelta(days=1))
        if begins - last > LONGEST_HOLIDAYS:
            return last + UNKNOWN_HOLIDAYS + timedelta(days=1)
        return begins


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

    A school that has written down no terms at all is taken to be open every week, and so is one whose last term and the
    holidays behind it are over (`Calendar.plain_from`).
    """
    return written(school).days(first, last) if first <= last else []


def is_school_day(school: School, day: date) -> bool:
    """Whether school is held on a day."""
    return bool(school_days(school, day, day))


def next_school_day(school: School, after: date) -> date:
    """The first school day after a day. A school that is shut for more than a year is taken to keep its plain week."""
    return written(school).next_day(after)


def window_start(school: School, now: datetime, days: int, *, calendar: Calendar | None = None) -> datetime:
    """The moment from which on `days` school days, today included, have passed; ten weeks of holidays pass free."""
    today = school.local(now).date()
    found = (calendar or written(school)).days(today - timedelta(days=FURTHEST), today)
    first = found[-days] if len(found) >= days else today - timedelta(days=FURTHEST)
    return datetime.combine(first, time.min, tzinfo=school.zone)
