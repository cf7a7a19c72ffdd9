"""The meetings in which a student sits, and the steps in them that are theirs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from porchlight.meetings.around import steps as acting
from porchlight.meetings.around.showing import shown, with_all
from porchlight.meetings.models import Meeting, Step, StudentPart
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, student_page
from porchlight.toolbox import school_time


@require_safe
@student_page()
def student_meetings(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """When, where and with whom; no words of others."""
    now = school_time.now()
    rows = with_all(Meeting.objects.visible_to(actor).standing().filter(ends_at__gte=now))
    steps = Step.objects.visible_to(actor).standing().select_related("errand").order_by("due_on", "pk")
    begins = set(StudentPart.objects.visible_to(actor).values_list("meeting", flat=True))
    page = {
        "ahead": [(shown(one, zone=request.school.zone), one.pk in begins) for one in rows],
        "steps": steps,
    }
    return render(request, "meetings/student_meetings.html", page)


@require_POST
@student_page()
def student_step_done(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A step of theirs is done."""
    step = get_object_or_404(Step.objects.visible_to(actor).standing(), key=key)
    acting.done(step, by=actor, now=school_time.now())
    return redirect("meetings:student_meetings", school=request.school.slug)
