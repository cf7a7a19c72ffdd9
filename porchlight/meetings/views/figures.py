"""Minutes that matter, for those who lead: what came of the school's meetings, and how far that is known."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.meetings.insight import FEW, figures
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

SPAN = timedelta(days=120)
LONGEST = timedelta(days=400)


@require_safe
@staff_page(Role.LEADER)
def meeting_figures(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Of the last four months, or from one day to another."""
    now = school_time.now()
    today = request.school.local(now).date()
    last = _day(request, "last", today)
    first = _day(request, "first", last - SPAN)
    if not timedelta() <= last - first <= LONGEST:
        first = last - SPAN
    found = figures(request.school, first, last, now=now)
    reasons = [(reason.label, count) for reason, count in found.reasons.items()]
    page = {"first": first, "last": last, "found": found, "reasons": reasons, "few": FEW}
    return render(request, "meetings/figures.html", page)


def _day(request: HttpRequest, name: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise
