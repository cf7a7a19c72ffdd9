"""`{{ row.weekday|weekday_name }}`: Thursday; `{{ mode|mode_name }}`: By telephone."""

from __future__ import annotations

from django import template
from django.utils import dates

from porchlight.meetings.models import Mode

register = template.Library()


@register.filter
def weekday_name(number: int) -> str:
    """Monday is 0."""
    return str(dates.WEEKDAYS[number])


@register.filter
def mode_name(code: str) -> str:
    """As families read it; a code we do not know as it is."""
    return str(Mode(code).label) if code in Mode.values else code
