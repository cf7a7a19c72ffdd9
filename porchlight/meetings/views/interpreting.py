"""Interpreters and liaisons: the meetings they are asked to, and no more of the child."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.errands.models import Errand, ErrandKind
from porchlight.meetings.hours.interpreting import say_to_booking
from porchlight.meetings.models import InterpreterBooking, Meeting
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_safe
@staff_page()
def interpreting(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What is to come; for the office, meetings that need somebody."""
    now = school_time.now()
    mine = Meeting.objects.visible_to(actor).standing().filter(interpreter=actor.post_id, ends_at__gt=now)
    rows = list(mine.select_related("student").order_by("starts_at"))
    booked = InterpreterBooking.objects.visible_to(actor).standing().filter(staff=actor.post_id)
    by_meeting = {row.meeting_id: row for row in booked.filter(meeting__in=rows)}
    errands = Errand.objects.visible_to(actor).open().filter(kind=ErrandKind.FIND_INTERPRETER)
    keys = [about.partition(":")[2] for about in errands.values_list("about", flat=True)]
    page = {
        "rows": [(row, by_meeting.get(row.pk)) for row in rows],
        "without": Meeting.objects.visible_to(actor)
        .standing()
        .filter(key__in=keys, ends_at__gt=now)
        .select_related("student")
        .order_by("starts_at"),
    }
    return render(request, "meetings/interpreting.html", page)


@require_safe
@staff_page()
def interpreted(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One meeting, as its interpreter sees it: when, where, with whom of us, the child's short name, the language."""
    rows = Meeting.objects.visible_to(actor).standing().filter(interpreter=actor.post_id)
    meeting = get_object_or_404(rows.select_related("student"), key=key)
    page = {
        "meeting": meeting,
        "hosts": [seat.staff.name for seat in meeting.hosts.select_related("staff").order_by("pk")],
        "booking": InterpreterBooking.objects.visible_to(actor).standing().filter(meeting=meeting).first(),
    }
    return render(request, "meetings/interpreted.html", page)


@require_POST
@staff_page()
def booking_word(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """I will be there, or I cannot."""
    rows = InterpreterBooking.objects.visible_to(actor).standing().filter(staff=actor.post_id)
    row = get_object_or_404(rows, key=key)
    word = request.POST.get("word", "")
    if word not in InterpreterBooking.Said.values:
        raise Http404
    say_to_booking(row, InterpreterBooking.Said(word), by=actor, now=school_time.now())
    thanks = _("Thank you. It is written down.")
    flash.success(
        request, thanks if word == "yes" else _("Thank you for saying so. The office finds somebody.")
    )
    return redirect("meetings:interpreting", school=request.school.slug)
