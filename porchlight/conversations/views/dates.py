"""How dates are written for one adult: on their own page, or by the office that they told."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.conversations.dates import DatesForm, read_dates
from porchlight.conversations.views.office import OFFICE
from porchlight.families.models import Guardian, around_own_children
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def my_dates(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Their own choice."""
    guardian = get_object_or_404(Guardian.objects.visible_to(actor), pk=actor.post_id)
    form = DatesForm(request.POST or None, initial={"islamic_day": guardian.islamic_day})
    if request.method == "POST" and form.is_valid():
        read_dates(guardian, form.wish(), by=actor)
        flash.success(request, _("Thank you. Dates are written as you said."))
        return redirect("conversations:my_dates", school=request.school.slug)
    page = {"form": form}
    return render(request, "conversations/my_dates.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*OFFICE)
def dates_of(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """As they told the office."""
    others = Guardian.objects.visible_to(actor).exclude(pk__in=around_own_children(actor))
    guardian = get_object_or_404(others, key=key)
    form = DatesForm(request.POST)
    if form.is_valid():
        read_dates(guardian, form.wish(), by=actor)
        flash.success(request, _("Written down."))
    else:
        flash.error(request, _("Choose one of these."))
    return redirect("conversations:ways_of", school=request.school.slug, key=key)
