"""`{{ row.weekday|weekday_name }}`: Thursday; `{{ mode|mode_name }}`: By telephone; `{{ row.starts|hour }}`: 4 pm."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django import template
from django.utils import dates

from porchlight.design import moments
from porchlight.meetings.models import Mode

register = template.Library()


@register.filter
def weekday_name(number: int) -> str:
    """Monday is 0."""
    return str(dates.WEEKDAYS[number])


@register.filter
def hour(when: time) -> str:
    """An hour of every week, as moments say theirs."""
    return moments.clock(datetime.combine(date.min, when, tzinfo=UTC), zone=UTC)


@register.filter
def mode_name(code: str) -> str:
    """As families read it; a code we do not know as it is."""
    return str(Mode(code).label) if code in Mode.values else code
