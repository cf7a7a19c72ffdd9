"""What keepers of the calendar read when no further term is written down: before the last one ends, and behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from porchlight.design.moments import full_day
from porchlight.schools.calendar import Calendar
from porchlight.schools.models import School

SOON = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class TermsOver:
    """What follows from it, and what to do."""

    words: str
    is_late: bool  # the last term is over


def terms_over(school: School, calendar: Calendar, now: datetime) -> TermsOver | None:
    """None while a term lies ahead, and for a school that writes none down."""
    today, last = school.local(now).date(), calendar.ends_on
    if last is None or last - today > SOON:
        return None
    places = {"day": _said(school, last)}
    if today <= last:
        words = _("The last term that is written down ends on %(day)s. Write down the terms that follow.")
        return TermsOver(words % places, is_late=False)
    if today < calendar.plain_from:
        words = _(
            "No term is written down after %(day)s, so every day until %(last)s counts as a holiday. "
            "Write down the terms that follow."
        )
        places["last"] = _said(school, calendar.plain_from - timedelta(days=1))
        return TermsOver(words % places, is_late=True)
    words = _(
        "No term is written down after %(day)s, so every week counts as a school week. "
        "Write down the terms that follow."
    )
    return TermsOver(words % places, is_late=True)


def _said(school: School, day: date) -> str:
    return full_day(datetime.combine(day, time(12), tzinfo=school.zone), zone=school.zone)
