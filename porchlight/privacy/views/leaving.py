"""The page on which a school decides to leave Porchlight, twice, and may think again for a fortnight."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.accounts.proving import second_step
from porchlight.privacy.leaving import WAITS, NotASecond, agree, ask_to_leave, standing, stay
from porchlight.privacy.models import Leaving
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.LEADER)
def leaving(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What leaving means, and where the school stands with it; POST asks."""
    if request.method == "POST":
        if first := _second_step(request):
            return first
        ask_to_leave(school=request.school, by=actor, now=school_time.now())
        flash.success(request, _("Asked. Now another leader has to agree."))
        return _back(request)
    wish = standing(request.school)
    page = {"wish": wish, "is_mine": wish and wish.asked_by_id == actor.post_id, "days": WAITS.days}
    return render(request, "privacy/leaving.html", page)


@require_POST
@staff_page(Role.LEADER)
def agreeing(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The second yes, by somebody else."""
    if first := _second_step(request):
        return first
    try:
        agree(leaving=_one(request), by=actor, now=school_time.now())
    except NotASecond:
        flash.error(request, _("You asked for it: another leader has to agree."))
    else:
        flash.success(request, _("Agreed. Until the day below any leader can take it back."))
    return _back(request)


@require_POST
@staff_page(Role.LEADER)
def staying(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Taken back."""
    stay(leaving=_one(request), by=actor, now=school_time.now())
    flash.success(request, _("The school stays. Nothing was erased."))
    return _back(request)


def _one(request: SchoolRequest) -> Leaving:
    wish = standing(request.school)
    if wish is None:
        raise Http404
    return wish


def _second_step(request: SchoolRequest) -> HttpResponse | None:
    return second_step(request, reverse("privacy:leaving", kwargs={"school": request.school.slug}))


def _back(request: SchoolRequest) -> HttpResponse:
    return redirect("privacy:leaving", school=request.school.slug)
