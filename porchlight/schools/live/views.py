"""The stream an open page listens to. It says that something changed, never what."""

from __future__ import annotations

import time

from django.contrib.auth import HASH_SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from porchlight.accounts.proving import ENDS_AT
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.live.listening import LONGEST, Listener, is_full, stream
from porchlight.schools.live.versions import Topic

EVENTS = "text/event-stream"


def over(request: HttpRequest) -> HttpResponse:
    """For whoever may not listen (any more): a stream that says so, and the page asks no further."""
    return HttpResponse("event: over\ndata: \n\n", content_type=EVENTS)


@require_GET
@staff_page(instead=over)
def changes(request: SchoolRequest, actor: Actor, topic: str) -> HttpResponseBase:
    """What changes in the school from what the page has seen on. Pages work without: they have a link to look again.

    Under WSGI each stream would hold a thread, so there are none.
    """
    if topic not in list(Topic):
        raise Http404
    if not hasattr(request, "scope"):
        return HttpResponse(status=204)
    if is_full():
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    listener = Listener(
        school_id=request.school.pk,
        topic=Topic(topic),
        seen=_seen(request),
        user_id=actor.user_id or 0,
        session_key=request.session.session_key or "",
        session_hash=request.session.get(HASH_SESSION_KEY, ""),
        life=min(LONGEST, request.session.get(ENDS_AT, float("inf")) - time.time()),
    )
    response = StreamingHttpResponse(stream(listener), content_type=EVENTS)
    response.headers["X-Accel-Buffering"] = "no"  # a proxy that gathers parts would hold a change back
    return response


def _seen(request: HttpRequest) -> int:
    """How far the page has seen: what it was told last, else what it said when it was made."""
    said = request.headers.get("Last-Event-ID") or request.GET.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else -1
