"""Weeks and terms, as this room counts them: a week by its Monday, a term by its first day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from porchlight.schools.calendar import school_days
from porchlight.schools.models import School, Term
from porchlight.updates.models import UpdateDay
from porchlight.updates.models.weeks import AFTERNOON, THURSDAY


def week_of(day: date) -> date:
    """Its Monday."""
    return day - timedelta(days=day.weekday())


def term_start(school: School, day: date) -> date:
    """The first day of the term a text written on this day is for; between terms, of the next.

    A school that wrote down no terms has its year cut into thirds, at September, January and April.
    """
    terms = list(Term.objects.in_school(school).order_by("starts_on").values_list("starts_on", "ends_on"))
    in_or_next = [start for start, end in terms if end >= day]
    if in_or_next:
        return in_or_next[0]
    return max(
        start
        for start in (date(day.year - 1, 9, 1), *(date(day.year, m, 1) for m in (1, 4, 9)))
        if start <= day
    )


def due_at(school: School, week: date, rule: UpdateDay | None) -> datetime | None:
    """When the update of this week is ready: on its day, or the last school day before it. None: there is none."""
    weekday, hour = (rule.weekday, rule.hour) if rule is not None else (THURSDAY, AFTERNOON)
    days = school_days(school, week, week + timedelta(days=weekday))
    return datetime.combine(days[-1], hour, tzinfo=school.zone) if days else None
