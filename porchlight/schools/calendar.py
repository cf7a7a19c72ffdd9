"""School days: what every window and promise counts in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from porchlight.schools.models import Closure, School, Term

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
FURTHEST = 400  # days looked ahead or back before the plain week is used instead


def school_days(school: School, first: date, last: date) -> list[date]:
    """The school days from `first` to `last`, both included.

    A school that has written down no terms at all is taken to be open every week.
    """
    if last < first:
        return []
    week = set(school.weekdays or MONDAY_TO_FRIDAY)
    terms = list(Term.objects.in_school(school).values_list("starts_on", "ends_on"))
    closed = list(
        Closure.objects.in_school(school)
        .filter(ends_on__gte=first, starts_on__lte=last)
        .values_list("starts_on", "ends_on")
    )
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        day
        for day in days
        if day.weekday() in week
        and (not terms or any(start <= day <= end for start, end in terms))
        and not any(start <= day <= end for start, end in closed)
    ]


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


def window_start(school: School, now: datetime, days: int) -> datetime:
    """The moment from which on `days` school days, today included, have passed; ten weeks of holidays pass free."""
    today = school.local(now).date()
    found = school_days(school, today - timedelta(days=FURTHEST), today)
    first = found[-days] if len(found) >= days else today - timedelta(days=FURTHEST)
    return datetime.combine(first, time.min, tzinfo=school.zone)
