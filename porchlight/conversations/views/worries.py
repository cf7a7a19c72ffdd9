"""Worries, for the named safeguarding people, and for whoever is called when none of them may know or comes."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from porchlight.conversations.models import Worry
from porchlight.conversations.worrying import CALLED, take_up
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_safe
@staff_page(*CALLED)
def worries(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Open ones first. Every look is recorded."""
    rows = Worry.objects.visible_to(actor).to_look_at(actor)
    if not actor.is_one_of(Role.SAFEGUARDING) and not rows.exists():
        raise Http404
    rows = rows.select_related(
        "message__thread__student", "message__thread__guardian", "raised_by", "seen_by"
    )
    page = {"open_ones": rows.open(), "taken_up": rows.exclude(seen_at=None).order_by("-seen_at")[:30]}
    return render(request, "conversations/worries.html", page)


@require_POST
@staff_page(*CALLED)
def taking_up(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """I have it."""
    worry = get_object_or_404(Worry.objects.visible_to(actor).to_look_at(actor), key=key)
    take_up(worry, by=actor, now=school_time.now())
    return redirect("conversations:worries", school=request.school.slug)
