"""One line for each page that was asked for: which, whose school, what sort of person, how it went, how long."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bind_contextvars, clear_contextvars

from porchlight.operations.counting import count
from porchlight.toolbox.keys import random_key

log = structlog.stdlib.get_logger("porchlight.pages")
QUIET = ("/health", "/metrics")  # asked every few seconds by machines; said when it is not well


class PageLog:
    """The outermost middleware: gives the request its number, which every line about it carries.

    A page is called by its name, never by its address: addresses hold keys and secrets. Nor is it said from which
    machine somebody asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say so."""
        began = monotonic()
        clear_contextvars()
        number = random_key()
        bind_contextvars(request=number)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = number
        count(request, response, monotonic() - began)
        if response.status_code >= 500 or not request.path_info.startswith((settings.STATIC_URL, *QUIET)):
            self._say(request, response, monotonic() - began)
        return response

    def _say(self, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        place = request.resolver_match
        school = getattr(request, "school", None)
        (log.error if response.status_code >= 500 else log.info)(
            "page",
            page=place.view_name if place else "nowhere",
            method=request.method,
            status=response.status_code,
            milliseconds=round(seconds * 1000),
            school=school.slug if school else "",
            actor=_kind(request),
        )


def _kind(request: HttpRequest) -> str:
    """`staff`, `guardian`, … when a door was opened; otherwise whether somebody is signed in, without asking."""
    actor = getattr(request, "actor", None)
    if actor is not None:
        return str(actor.kind)
    asked = getattr(request, "_cached_user", None)  # what Django keeps once a page has looked who is there
    return "signed in" if asked is not None and asked.is_authenticated else "nobody"
