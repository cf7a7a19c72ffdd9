"""Homes that the ladder left to a person: what happened, what to do, and a line for what came of it."""

from __future__ import annotations

from django import forms
from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from porchlight.conversations.on_errands import OF_THE_LADDER, to_reach
from porchlight.errands.actions import finish
from porchlight.errands.models import Errand
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


class OutcomeForm(forms.Form):
    """One line."""

    outcome = forms.CharField(label=gettext_lazy("What came of it"), max_length=300)


@require_safe
@staff_page()
def reaching(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """One's own; the office and leaders see all."""
    rows = to_reach(actor, school_time.now())
    return render(request, "conversations/reaching.html", {"rows": rows})


@require_POST
@staff_page()
def reached(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Done, with a line that says how."""
    open_ones = Errand.objects.visible_to(actor).open().filter(kind__in=OF_THE_LADDER)
    errand = get_object_or_404(open_ones, key=key)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        flash.warning(request, _("Write in a few words what came of it, so that nobody asks twice."))
        return redirect("conversations:reaching", school=request.school.slug)
    finish(errand, by=actor, outcome=form.cleaned_data["outcome"], now=school_time.now())
    flash.success(request, _("Thank you. It is off your list."))
    return redirect("conversations:reaching", school=request.school.slug)
