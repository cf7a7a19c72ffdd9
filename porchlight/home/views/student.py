"""A student's own first page. It opens for a student whose school gave them a sign-in, and for nobody else."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from porchlight.families.models import Student
from porchlight.home.student import day_of
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, student_page
from porchlight.toolbox import school_time


@require_safe
@student_page()
def day(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Today, what homes were told this week, classes and teachers, and whom to speak with."""
    me = get_object_or_404(Student.objects.visible_to(actor).on_roll())
    page = day_of(
        me,
        school=request.school,
        actor=actor,
        language=request.LANGUAGE_CODE,
        now=school_time.now(),
    )
    return render(request, "home/student_day.html", {"day": page})
