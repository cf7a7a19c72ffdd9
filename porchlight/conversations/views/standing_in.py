"""Handing a thread to a colleague, and taking it back."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.conversations.models import StandIn
from porchlight.conversations.placing import thread_of
from porchlight.conversations.stand_in_form import StandInForm
from porchlight.conversations.standing_in import StandInRefused, hand, take_back
from porchlight.conversations.views.compose import WRITERS
from porchlight.conversations.views.threads import ties_seen
from porchlight.families.models import Student
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def stand_in(request: SchoolRequest, actor: Actor, student_key: str, guardian_key: str) -> HttpResponse:
    """Only by who sees the child by their own right: what is lent is not handed on."""
    student = get_object_or_404(Student.objects.visible_to(actor), key=student_key)
    tie = get_object_or_404(ties_seen(request, actor), student=student, guardian__key=guardian_key)
    form = StandInForm(tie.student, request.POST if request.method == "POST" else None, me=actor)
    if form.is_valid():
        to, until = form.cleaned_data["staff"], form.cleaned_data["until"]
        try:
            hand(thread_of(tie), to=to, until=until, by=actor, now=school_time.now())
        except StandInRefused:
            form.add_error("until", _("Choose a colleague and a day within the next two months."))
        else:
            flash.success(
                request, _("Handed over. The family reads who answers; it ends by itself on that day.")
            )
            return _back(request, student_key, guardian_key)
    page = {"tie": tie, "form": form}
    return render(request, "conversations/handing.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*WRITERS)
def stand_in_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Whoever sees the thread may take it back: the family shall not wait for one who cannot."""
    rows = StandIn.objects.visible_to(actor).filter(ended_at=None)
    row = get_object_or_404(rows.select_related("thread__student", "thread__guardian"), key=key)
    take_back(row, by=actor, now=school_time.now())
    flash.success(request, _("Taken back."))
    return _back(request, row.thread.student.key, row.thread.guardian.key)


def _back(request: SchoolRequest, student_key: str, guardian_key: str) -> HttpResponse:
    slug = request.school.slug
    return redirect("conversations:thread", school=slug, student_key=student_key, guardian_key=guardian_key)
