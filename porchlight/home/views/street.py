"""The page the house is named for: our homes, class by class; a leader goes through ten in ten minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from porchlight.errands.actions import ask_for
from porchlight.home.street import AT_A_TIME, Street, Unlit, look
from porchlight.home.street_form import WHAT, Given, StepsForm
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import School
from porchlight.toolbox import school_time

GIVERS = (Role.LEADER, Role.OFFICE)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def street(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Everybody sees the homes they may see; leaders and the office give each unlit one a step, a name and a day."""
    now = school_time.now()
    seen = look(request.school, actor, now=now)
    if not actor.is_one_of(*GIVERS):
        return render(request, "home/the_street.html", _page(seen))
    posted = request.POST if request.method == "POST" else None
    homes = _asked_for(seen, posted) if posted else seen.unlit[:AT_A_TIME]
    form = StepsForm(posted, homes=homes, school=request.school, now=now)
    if posted is not None and form.is_valid():
        given = form.given()
        for one in given:
            _ask(one, request.school, actor)
        _say(request, given, gone=sum(name.startswith(WHAT) for name in posted) - len(homes))
        return redirect("home:street", school=request.school.slug)
    status = 422 if form.errors else 200
    return render(request, "home/the_street.html", _page(seen) | {"form": form}, status=status)


def _page(seen: Street) -> dict[str, Any]:
    return {"seen": seen, "waiting": len(seen.unlit)}


def _asked_for(seen: Street, posted: Any) -> Sequence[Unlit]:
    """The homes the sender had before them, but for those that somebody else has seen to since."""
    return [unlit for unlit in seen.unlit if WHAT + unlit.key in posted]


def _ask(given: Given, school: School, actor: Actor) -> None:
    tie = given.unlit.home.write_to
    ask_for(
        kind=given.kind,
        to=given.who,
        due_at=datetime.combine(given.by, school.closes_at, tzinfo=school.zone),
        by=actor,
        about=f"street:{tie.guardian.key}",
        reason="street",
        guardian=tie.guardian,
        student=tie.student,
    )


def _say(request: SchoolRequest, given: Sequence[Given], *, gone: int) -> None:
    if given:
        words = ngettext(
            "One home has a next step, a name and a day.",
            "%(n)s homes have a next step, a name and a day.",
            len(given),
        )
        flash.success(request, words % {"n": len(given)})
    if gone > 0:
        flash.info(request, _("Some of these homes had been seen to meanwhile. Nothing was given twice."))
