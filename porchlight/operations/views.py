"""Is it well, as a page and as JSON; and the page for when something broke."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from porchlight.design import views as design
from porchlight.operations import health
from porchlight.operations.views_of_metrics import may_measure
from porchlight.toolbox import school_time
from porchlight.toolbox.room_left import is_full

TRY_AGAIN_AFTER = 30  # seconds: a database that restarts is back by then


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Pages, workers, messages both ways: 200 when all is well, otherwise 503 with the reasons.

    Whoever brings the token of `/metrics` gets each check with its figures.
    """
    now = school_time.now()
    return _answer(request, health.of_everything(now), health.checks(now) if may_measure(request) else None)


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Whether this server can make pages: for whoever shares requests out among several."""
    return _answer(request, health.of_pages())


def _answer(
    request: HttpRequest, reasons: Sequence[Promise], checks: Mapping[str, Any] | None = None
) -> HttpResponse:
    status = 503 if reasons else 200
    more = {} if checks is None else {"checks": checks}
    if checks is None and request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        response = render(request, "operations/health.html", {"reasons": reasons}, status=status)
    else:
        with translation.override("en"):  # programs compare
            response = JsonResponse(
                {"well": not reasons, "reasons": [str(one) for one in reasons], **more}, status=status
            )
    response.headers["Vary"] = "Accept"
    add_never_cache_headers(response)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500; but 503 while the database is away, so that gateways keep what they have for us and try again.

    And 507 while the disk is full: nothing of what was sent is kept, and whoever sent it is told so.
    """
    problem = sys.exception()
    if isinstance(problem, OperationalError | InterfaceError):
        return design.closed(request, retry_after=TRY_AGAIN_AFTER)
    if is_full(problem):
        return design.full(request, retry_after=TRY_AGAIN_AFTER)
    return design.broken(request)
