"""The gate page: a class's numbers, asked about in the minutes in which children are fetched."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.conversations.gate import MENDERS, gate_of, not_this_familys, still_right
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time

ASK = (*MENDERS, Role.TEACHER)  # the last of their own classes alone, as `visible_to` has it


@require_safe
@staff_page(*ASK)
def gates(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Which class comes out of the door? A teacher's own; the office and leaders see every one."""
    classes = SchoolClass.objects.visible_to(actor).current().order_by("name", "pk")
    return render(request, "conversations/gates.html", {"classes": classes})


@require_safe
@staff_page(*ASK)
def gate(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One tap for each number that is still right; those nobody has asked lately come first."""
    school_class = get_object_or_404(SchoolClass.objects.visible_to(actor).current(), key=key)
    found = gate_of(request.school, school_class, actor=actor, now=school_time.now())
    page = {"school_class": school_class, "gate": found, "is_mender": actor.is_one_of(*MENDERS)}
    return render(request, "conversations/gate.html", page)


@require_POST
@staff_page(*ASK)
def gate_confirmation(request: SchoolRequest, actor: Actor, key: str, point_key: str) -> HttpResponse:
    """They said that it is right, or that it is not theirs."""
    school_class = get_object_or_404(SchoolClass.objects.visible_to(actor).current(), key=key)
    now = school_time.now()
    found = gate_of(request.school, school_class, actor=actor, now=now)
    is_theirs = request.POST.get("is") != "not theirs"
    say = still_right if is_theirs else not_this_familys
    guardian = say(found, point_key, actor=actor, now=now)
    if guardian is None:
        raise Http404
    if is_theirs:
        flash.success(request, _("Kept: %(name)s uses it.") % {"name": guardian})
    else:
        flash.success(
            request,
            _("Nothing of the child goes there any more. The office asks %(name)s.") % {"name": guardian},
        )
    return redirect("conversations:gate", school=request.school.slug, key=school_class.key)
