"""The desk: who waits for an answer, who has not had good news, who has not been reached."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from porchlight.home.desk import look
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time


@require_GET
@staff_page()
def desk(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """A colleague's first page."""
    return render(request, "home/desk.html", {"desk": look(request.school, actor, now=school_time.now())})


@require_GET
@staff_page()
def waiting(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The list of who waits, as a fragment: swapped in when something new came in."""
    return render(
        request, "home/desk_waiting.html", {"desk": look(request.school, actor, now=school_time.now())}
    )
