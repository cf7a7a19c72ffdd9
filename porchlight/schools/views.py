"""The school's own pages: its facts and its calendar."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.schools.actions import add_closure, add_term, change_school, take_away
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.calendar import written
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.forms import DaysForm, HijriForm, SchoolForm
from porchlight.schools.law.effects import effects, place_words
from porchlight.schools.law.followed import law_of
from porchlight.schools.models import Closure, School, Term
from porchlight.schools.parts_of_days import part_days
from porchlight.schools.terms_over import terms_over
from porchlight.toolbox import school_time

SHOWN_FOR = timedelta(days=30)  # after a day on which some classes stayed at home


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def facts(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Name, hours, promise, quiet hours, words for the night."""
    own = School.objects.get(pk=request.school.pk)  # a form writes on what it checks; the page's own stays
    form = SchoolForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        changed = change_school(request.school, by=actor, values=form.cleaned_data)
        flash.success(request, _("Kept.") if changed else _("Nothing was different."))
        return redirect("schools:facts", school=request.school.slug)
    law = law_of(request.school)
    page = {
        "form": form,
        "effects": effects(request.school),
        "place": place_words(law, get_language() or "en"),
        "is_elsewhere": request.school.country not in law.countries,
    }
    return render(request, "schools/facts.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def calendar(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Terms and holidays; every promise and every window counts in these days."""
    which = request.POST.get("what", "")
    now = school_time.now()
    since = request.school.local(now).date() - SHOWN_FOR
    forms = {
        "term": DaysForm(request.POST if which == "term" else None, prefix="term"),
        "closure": DaysForm(request.POST if which == "closure" else None, prefix="closure"),
    }
    if which == "hijri":
        hijri = HijriForm(request.POST)
        if hijri.is_valid():
            change_school(request.school, by=actor, values={"hijri_days": hijri.cleaned_data["hijri_days"]})
        return redirect("schools:calendar", school=request.school.slug)
    form = forms.get(which)
    if form is not None and form.is_valid():
        add = add_term if which == "term" else add_closure
        add(school=request.school, by=actor, **form.cleaned_data)
        return redirect("schools:calendar", school=request.school.slug)
    page = {
        "over": terms_over(request.school, written(request.school), now),
        "terms": Term.objects.visible_to(actor).order_by("starts_on"),
        "closures": Closure.objects.visible_to(actor).order_by("starts_on"),
        "part_days": part_days(request.school, actor, since),
        "term_form": forms["term"],
        "closure_form": forms["closure"],
        "hijri_form": HijriForm(None, initial={"hijri_days": request.school.hijri_days}),
    }
    return render(request, "schools/calendar.html", page, status=422 if form is not None else 200)


@require_POST
@staff_page(*KEEPERS)
def term_removal(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a term out of the calendar."""
    take_away(get_object_or_404(Term.objects.visible_to(actor), pk=pk), by=actor)
    return redirect("schools:calendar", school=request.school.slug)


@require_POST
@staff_page(*KEEPERS)
def closure_removal(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a holiday out of the calendar."""
    take_away(get_object_or_404(Closure.objects.visible_to(actor), pk=pk), by=actor)
    return redirect("schools:calendar", school=request.school.slug)
