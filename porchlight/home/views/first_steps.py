"""From the first list to the first hello."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.families.consenting import meant_by
from porchlight.families.models import Student
from porchlight.home.first_steps import begin, has_first_steps, still_shut
from porchlight.home.first_steps_form import FirstStepsForm
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def first_steps(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """One form, one press. Begun already, it leads to the hellos."""
    if not has_first_steps(actor):
        return redirect("home:hello", school=request.school.slug)
    now = school_time.now()
    today = request.school.local(now).date()
    meant = meant_by(request.school, (), on=today)
    form = FirstStepsForm(
        request.POST or None,
        actor=actor,
        school=request.school,
        today=today,
        adults=meant.adults,
        shut=still_shut(actor),
    )
    looked_at = request.POST.get("adults") == str(meant.adults)
    if request.method == "POST" and looked_at and form.is_valid():
        ways = form.cleaned_data.get("ways", [])
        a_day = form.cleaned_data["a_day"]
        begin(school=request.school, agreed=form.agreed, ways=ways, a_day=a_day, by=actor, now=now)
        flash.success(request, _("Hello week is on. These are the first homes."))
        return redirect("home:hello", school=request.school.slug)
    if request.method == "POST" and not looked_at:
        flash.warning(request, _("Somebody came or went meanwhile. Look at the numbers once more."))
    students = Student.objects.visible_to(actor).on_roll().count()
    page = {"form": form, "meant": meant, "students": students}
    return render(request, "home/first_steps.html", page, status=422 if form.errors else 200)
