"""The desk: who waits for an answer, who has not had good news, who has not been reached."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.conversations.views.compose import WRITERS
from porchlight.home.bar_facts import hello_is_on
from porchlight.home.desk import look
from porchlight.home.first_steps import has_first_steps
from porchlight.home.waiting import waiting_for
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.live.versions import Topic, listen_at
from porchlight.toolbox import school_time

ALL = "all"  # in an address: every home that waits, not the oldest few


@require_safe
@staff_page()
def desk(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """A colleague's first page."""
    page = {
        "live": listen_at(request.school, Topic.TALK),
        "desk": look(request.school, actor, now=school_time.now(), all_waiting=ALL in request.GET),
        "may_write": actor.is_one_of(*WRITERS),
        "to_begin": has_first_steps(actor),
        "hello_is_on": hello_is_on(actor),
    }
    return render(request, "home/desk.html", page)


@require_safe
@staff_page()
def waiting(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The list of who waits, as a fragment: swapped in when something new came in."""
    now, all_asked = school_time.now(), ALL in request.GET
    page = {"waiting": waiting_for(request.school, actor, now=now, all_asked=all_asked)}
    return render(request, "home/waiting_part.html", page)
