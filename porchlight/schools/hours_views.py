"""A colleague's own hours, and who answers while they are away."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.schools.actions import choose_hours, come_back, go_away, usual_hours
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.hours_form import AwayForm, HoursForm
from porchlight.schools.models import Away, StaffMember
from porchlight.schools.reading import readers
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def my_hours(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """When I read, when I am away, for whom I answer."""
    me = _me(actor)
    now = school_time.now()
    today = request.school.local(now).date()
    what = request.POST.get("what", "")
    found = readers(request.school, [me.pk], now)
    if what == "usual":
        usual_hours(me, by=actor)
        return redirect("schools:my_hours", school=request.school.slug)
    hours = HoursForm(
        request.POST if what == "hours" else None,
        school=request.school,
        hours=found.of(me.pk),
        prefix="hours",
    )
    away = AwayForm(request.POST if what == "away" else None, me=me, today=today, prefix="away")
    if what == "hours" and hours.is_valid():
        choose_hours(me, by=actor, **hours.cleaned_data)
        flash.success(request, _("Kept."))
        return redirect("schools:my_hours", school=request.school.slug)
    if what == "away" and away.is_valid():
        go_away(me, by=actor, now=now, **away.cleaned_data)
        flash.success(request, _("Kept. It ends by itself after its last day."))
        return redirect("schools:my_hours", school=request.school.slug)
    page = {
        "hours": hours,
        "away_form": away,
        "has_own": me.pk in found.hours,
        "away": found.away.get(me.pk),
        "covers": Away.objects.visible_to(actor)
        .standing()
        .filter(colleague=me, until__gte=today)
        .select_related("staff"),
        "reads_at": found.reads_at(me.pk),
        "reads_now": found.reads_at(me.pk) == now,
    }
    return render(request, "schools/my_hours.html", page, status=422 if what else 200)


@require_POST
@staff_page()
def away_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Back earlier: whose time it is, or the colleague who cannot go on answering."""
    me = _me(actor)
    rows = Away.objects.visible_to(actor).standing()
    row = get_object_or_404(rows, key=key)
    if me.pk not in {row.staff_id, row.colleague_id}:
        raise Http404
    come_back(row, by=actor, now=school_time.now())
    flash.success(request, _("Ended. Nothing is lent any more."))
    return redirect("schools:my_hours", school=request.school.slug)


def _me(actor: Actor) -> StaffMember:
    """An operator of the server who looks in has no hours here."""
    if actor.post_id is None:
        raise Http404
    return get_object_or_404(StaffMember.objects.visible_to(actor), pk=actor.post_id)
