"""The page of the new year: each class of the last one, where it goes, and one button."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages as flash
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.rosters.class_names import bare
from porchlight.rosters.models import MAY_IMPORT, NewYear
from porchlight.rosters.new_year.actions import ConfirmedSince, Move, TakenBack, TooLate, begin, take_back
from porchlight.rosters.new_year.suggesting import LEAVES, NEW, STAYS, Group, groups
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time

LATELY = timedelta(days=180)
WHY: dict[str, Promise] = {
    "next": gettext_lazy("The next number, and the class is here."),
    "highest": gettext_lazy("No class has a higher number, so they seem to leave."),
    "not_here": gettext_lazy("The next number; the class is not here yet and would be made."),
    "no_number": gettext_lazy("There is no number in its name, so we cannot tell. Choose."),
    "lately": gettext_lazy("The new year was confirmed lately."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MAY_IMPORT)
def new_year(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Everything is suggested and can be changed; nothing happens before the button."""
    now = school_time.now()
    last = NewYear.objects.visible_to(actor).in_effect().first()
    lately = last is not None and last.confirmed_at > now - LATELY
    found = groups(request.school, on=request.school.local(now).date(), confirmed_lately=lately)
    wrong: list[Group] = []
    if request.method == "POST":
        _as_said(request.POST, found)
        wrong = [group for group in found if not _is_answered(group, found)]
        if not wrong or not _is_latest(request.POST, last):
            _begin(request, actor, found, last, now)
            return redirect("rosters:new_year", school=request.school.slug)
    page: dict[str, Any] = {
        "groups": [(group, WHY.get(group.why, "")) for group in found],
        "classes": SchoolClass.objects.visible_to(actor).current().order_by("name", "pk"),
        "wrong": wrong,
        "last": last,
        "may_go_back": last is not None and now <= last.can_go_back_until,
    }
    return render(request, "rosters/new_year.html", page, status=422 if wrong else 200)


def _is_latest(said: QueryDict, last: NewYear | None) -> bool:
    """Whether the form was made from the classes as they are: nobody confirmed a year since."""
    return said.get("after", "") == (last.key if last else "")


def _begin(
    request: SchoolRequest, actor: Actor, found: list[Group], last: NewYear | None, now: datetime
) -> None:
    try:
        if not _is_latest(request.POST, last):
            raise ConfirmedSince
        begin(school=request.school, moves=_moves(found), by=actor, now=now, after=last)
    except ConfirmedSince:
        flash.info(request, _("The new year was confirmed a moment ago. Nobody was moved twice."))
    else:
        flash.success(request, _("The new year has begun: everybody is in their class."))


def _as_said(said: QueryDict, found: list[Group]) -> None:
    for group in found:
        key = group.school_class.key
        group.choice = said.get(f"class-{key}", "")
        group.new_name = " ".join(said.get(f"new-{key}", "").split())[:100]
        own = {student.key: said.get(f"child-{student.key}", "") for student in group.students}
        group.apart = {student: choice for student, choice in own.items() if choice in {STAYS, LEAVES}}


def _is_answered(group: Group, found: list[Group]) -> bool:
    keys = {one.school_class.key for one in found}
    if group.choice == NEW:
        return bool(group.new_name)
    here = SchoolClass.objects.in_school(group.school_class.school_id).current()
    known = group.choice in keys or here.filter(key=group.choice).exists()
    return group.choice in {STAYS, LEAVES} or (bool(group.choice) and known)


def _moves(found: list[Group]) -> list[Move]:
    """Each child as their class, unless they were named apart."""
    return [
        Move(student, group.school_class, apart or _to(group))
        for group in found
        for student, apart in group.children
    ]


def _to(group: Group) -> str:
    """Where the class goes. A new class of a name that is here already is that class."""
    if group.choice == group.school_class.key:
        return STAYS
    if group.choice != NEW:
        return group.choice
    here = SchoolClass.objects.in_school(group.school_class.school_id).current()
    same = next((one for one in here if bare(one.name) == bare(group.new_name)), None)
    return same.key if same else f"new:{group.new_name}"


@require_POST
@staff_page(*MAY_IMPORT)
def year_undoing(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """As it was before it was confirmed."""
    year = get_object_or_404(NewYear.objects.visible_to(actor).in_effect(), key=key)
    try:
        take_back(year=year, by=actor, now=school_time.now())
    except TakenBack:
        flash.error(request, _("A later year stands on this one. Take that one back first."))
    except TooLate:
        flash.error(
            request, _("That was too long ago to take back. Move single children in the roster instead.")
        )
    else:
        flash.success(request, _("Taken back. Everybody is in the class they were in."))
    return redirect("rosters:new_year", school=request.school.slug)
