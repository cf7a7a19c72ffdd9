"""Pages that only tests ask for: they show what a request finds where it runs, and let two of them meet."""

from __future__ import annotations

import asyncio
import errno
import logging
import queue
import threading
from collections.abc import AsyncIterator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.urls import include, path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from porchlight.schools.models import StaffMember
from porchlight.schools.wall import open_schools

meeting = threading.Barrier(2)
sending, doing, may_end = threading.Event(), threading.Event(), threading.Event()
closed: queue.SimpleQueue[str] = queue.SimpleQueue()


def begin() -> None:
    """Nothing of an earlier test's is left."""
    for one in (sending, doing, may_end):
        one.clear()
    while not closed.empty():
        closed.get_nowait()


def names(request: HttpRequest, school: str) -> HttpResponse:
    """Who works here, asked while a request of another school is being answered too."""
    before = open_schools()
    meeting.wait(20)
    seen = list(StaffMember.objects.order_by("name").values_list("name", flat=True))
    meeting.wait(20)
    after = list(StaffMember.objects.values_list("name", flat=True))
    return JsonResponse(
        {"names": seen, "again": after, "own": before == open_schools() == (request.school.pk,)}
    )


async def names_async(request: HttpRequest, school: str) -> HttpResponse:
    """The same, asked from a view that waits on the event loop."""
    await asyncio.to_thread(meeting.wait, 20)
    seen = await sync_to_async(lambda: list(StaffMember.objects.values_list("name", flat=True)))()
    await asyncio.to_thread(meeting.wait, 20)
    return JsonResponse({"names": seen, "own": open_schools() == (request.school.pk,)})


def live(request: HttpRequest, school: str) -> HttpResponseBase:
    """One event that says what the stream may see, and then signs of life until the listener leaves."""

    async def events() -> AsyncIterator[str]:
        try:
            yield f"data: {open_schools()}\n\n"
            while True:
                await asyncio.sleep(0.02)
                yield ": still here\n\n"
        finally:
            closed.put(school)

    return StreamingHttpResponse(events(), content_type="text/event-stream")


def thread(request: HttpRequest) -> HttpResponse:
    """On which thread, and in which language, a page is made; it leaves a language behind."""
    found = translation.get_language()
    translation.activate("ur")
    return HttpResponse(f"{threading.current_thread().name} {found}")


def slow(request: HttpRequest) -> HttpResponse:
    """Takes until the test lets it end."""
    doing.set()
    assert may_end.wait(20)
    return HttpResponse("done")


@csrf_exempt
def echo(request: HttpRequest) -> HttpResponse:
    """How much came, from whom, and what the request carries of what a proxy may add."""
    extra = {key: value for key, value in request.META.items() if "FORWARDED" in key or "REAL_IP" in key}
    return JsonResponse(
        {
            "bytes": len(request.read()),
            "from": request.META["REMOTE_ADDR"],
            "secure": request.is_secure(),
            "extra": extra,
        }
    )


def via(request: HttpRequest) -> HttpResponse:
    """By whom the request says it came through."""
    return HttpResponse(request.headers.get("Via", ""))


def large(request: HttpRequest) -> HttpResponseBase:
    """A file."""
    return FileResponse(Path(__file__).open("rb"))


class PutAway(StreamingHttpResponse):
    """Says that it was closed."""

    def close(self) -> None:
        """As every answer that holds a file."""
        super().close()
        closed.put("file")


def sent_before_it_is_closed(request: HttpRequest) -> HttpResponseBase:
    """Its last byte leaves once a slow page has taken the thread on which it would be closed."""

    async def parts() -> AsyncIterator[str]:
        yield "all "
        sending.set()
        await asyncio.to_thread(doing.wait, 20)
        yield "of it"

    return PutAway(parts())


def broken(request: HttpRequest) -> HttpResponse:
    """A page with a mistake in it."""
    raise RuntimeError("a mistake")


def full(request: HttpRequest) -> HttpResponse:
    """A page for which there is no room on the disk."""
    raise OSError(errno.ENOSPC, "No space left on device", "/a/place/of/ours")


def telling(request: HttpRequest, school: str, secret: str) -> HttpResponse:
    """A mistake whose words, and whose cause's words, are somebody's."""
    try:
        raise LookupError(f"Nobody called {request.GET.get('name')} at {secret}")
    except LookupError as cause:
        logging.getLogger("library").warning("Could not look up %s", request.get_full_path())
        raise RuntimeError(f"{request.POST} {request.COOKIES} {request.headers}") from cause


urlpatterns = [
    path("<slug:school>/n/<str:secret>/", telling),
    path("design/thread/", thread),
    path("design/slow/", slow),
    path("design/echo/", echo),
    path("design/via/", via),
    path("design/large/", large),
    path("design/sent/", sent_before_it_is_closed),
    path("design/broken/", broken),
    path("design/full/", full),
    path("<slug:school>/names/", names),
    path("<slug:school>/names-async/", names_async),
    path("<slug:school>/live/", live),
    path("", include("porchlight.config.urls")),
]
handler500 = "porchlight.operations.views.broken"
