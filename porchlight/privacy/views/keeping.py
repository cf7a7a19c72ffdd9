"""The record of processing, the school's limits, and what is on hold."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.privacy.actions import hold, lift
from porchlight.privacy.finding import person_of, search
from porchlight.privacy.forms import LimitsForm, ReasonForm
from porchlight.privacy.limits import set_limits
from porchlight.privacy.models import Clearing, Hold
from porchlight.privacy.register_words import tables
from porchlight.schools.actors import KEEPERS, Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.law.effects import RULES, breach_words
from porchlight.schools.law.followed import law_of

LAST = 7  # rounds shown


@require_safe
@staff_page(*KEEPERS, Role.SAFEGUARDING)
def record_of_processing(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Article 30: each table, whose, what for, on which ground, how long."""
    law = law_of(request.school)
    page = {
        "tables": tables(request.school),
        "breach": breach_words(law),
        "breach_rule": RULES[law.breach.rule],
        "breach_source": law.breach.source,
    }
    return render(request, "privacy/record.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.LEADER)
def limits(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """How long each sort is kept here; and what the last rounds took away."""
    form = LimitsForm(request.POST or None, school=request.school)
    if request.method == "POST" and form.is_valid():
        set_limits(form.days(), school=request.school, by=actor)
        flash.success(request, _("Kept."))
        return redirect("privacy:limits", school=request.school.slug)
    done = Clearing.objects.visible_to(actor).order_by("-day")[:LAST]
    rounds = [{"day": one.day, "count": sum(one.counts.values())} for one in done]
    page = {"form": form, "rounds": rounds}
    return render(request, "privacy/limits.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.LEADER, Role.SAFEGUARDING)
def holds(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """About whom nothing may go, and why; one more by POST with `who`."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hold(about=person_of(request.POST.get("who", ""), actor), why=form.cleaned_data["why"], by=actor)
        flash.success(request, _("Nothing about them goes until this is lifted."))
        return redirect("privacy:holds", school=request.school.slug)
    page = {
        "form": form,
        "holds": Hold.objects.visible_to(actor)
        .in_force()
        .select_related("student", "guardian", "set_by")
        .order_by("-pk"),
        "who": request.POST.get("who", ""),
        **search(request, actor),
    }
    return render(request, "privacy/holds.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(Role.LEADER, Role.SAFEGUARDING)
def lifting(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """From now on limits count again."""
    lift(held=get_object_or_404(Hold.objects.visible_to(actor), key=key), by=actor)
    flash.success(request, _("Lifted. The limits count for them again."))
    return redirect("privacy:holds", school=request.school.slug)
