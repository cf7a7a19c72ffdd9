"""The door every address of the open door hangs in: who comes, how often, into which school, what was seen.

A bearer token and nothing else: no cookie is looked at. What a request changes stands or falls with its answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from math import ceil
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from porchlight.accounts.limits import Rate, Use, use
from porchlight.api.models import ApiToken
from porchlight.api.once import once
from porchlight.api.problems import Problem
from porchlight.api.tokens import token_of
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, past_the_gates
from porchlight.schools.looks import looking
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

MINUTE = timedelta(minutes=1)
type View = Callable[..., HttpResponse]


class ApiRequest(SchoolRequest):
    """A request past the door."""

    token: ApiToken
    now: datetime


def door(view: View) -> Callable[..., HttpResponseBase]:
    """Around a view of the open door."""

    @csrf_exempt
    @wraps(view)
    def open_door(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        headers: dict[str, str] = {}
        is_head = request.method == "HEAD"
        try:
            _allowed(request, view)
            _recognise(request, headers)
            _understood(request, view)
            with school_context(request.school):
                response = _inside(request, view, *args, **kwargs)
                if response.status_code >= 400 and request.method == "POST":
                    transaction.set_rollback(True)
        except Problem as problem:
            response = problem.response()
        except (RequestDataTooBig, TooManyFilesSent):
            response = _too_large().response()
        for name, value in headers.items():
            response.headers[name] = value
        response.headers["Vary"] = "Authorization"
        response.headers.setdefault("Cache-Control", "no-store")
        if is_head:
            response.content = b""
        return response

    return open_door


def _allowed(request: ApiRequest, view: View) -> None:
    """Which methods an address takes is no secret, and needs no token. HEAD is a GET whose body stays here."""
    methods: frozenset[str] = view.methods  # type: ignore[attr-defined]  # set by urls.py
    if request.method == "HEAD" and "GET" in methods:
        request.method = "GET"
    if request.method not in methods:
        takes = sorted(methods | ({"HEAD"} if "GET" in methods else set()))
        raise other_method(takes)


def other_method(takes: Sequence[str]) -> Problem:
    """405, with those it takes."""
    return Problem(
        405, "other_method", f"This address takes {' and '.join(takes)}.", {"Allow": ", ".join(takes)}
    )


def _understood(request: ApiRequest, view: View) -> None:
    """A question with a slip of the pen would else be answered as if it had not been asked."""
    named: frozenset[str] = view.named()  # type: ignore[attr-defined]  # set by urls.py
    if unknown := sorted(set(request.GET) - named):
        raise Problem(
            422,
            "not_understood",
            "Mend what “faults” names and send it again.",
            faults=[{"where": f"query.{name}", "what": "not known here"} for name in unknown],
        )


def _recognise(request: ApiRequest, headers: dict[str, str]) -> None:
    """Whose token it is, and whether it may ask once more. Raises Problem."""
    request.now = school_time.now()
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = token_of(secret.strip(), now=request.now) if scheme.lower() == "bearer" else None
    if token is None:
        raise Problem(
            401,
            "no_token",
            "Send “Authorization: Bearer <token>” with a token that the school made and that is neither revoked "
            "nor over. The school makes them under Settings, Other systems.",
            {"WWW-Authenticate": 'Bearer realm="Porchlight"'},
        )
    rate = Rate(token.per_minute, MINUTE)
    used = use(f"api token:{token.pk}", rate, now=request.now)
    headers.update(_rate_headers(rate, used))
    if not used.granted:
        raise Problem(
            429,
            "too_often",
            f"This token may ask {rate.most} times in a minute. Wait as long as Retry-After says.",
            {"Retry-After": str(max(1, ceil(used.frees_in)))},
        )
    request.token, request.school, request.actor = token, token.school, token.actor()


def _rate_headers(rate: Rate, used: Use) -> dict[str, str]:
    """As the IETF's draft on rate limit headers has them, and as most clients still look for them."""
    seconds, wait = int(rate.per.total_seconds()), max(0, ceil(used.frees_in))
    return {
        "RateLimit-Policy": f'"token";q={rate.most};w={seconds}',
        "RateLimit": f'"token";r={used.left};t={wait}',
        "X-RateLimit-Limit": str(rate.most),
        "X-RateLimit-Remaining": str(used.left),
        "X-RateLimit-Reset": str(wait),
    }


def _inside(request: ApiRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
    """In the school's context. What was told of personal words is written down; many people at once raise the alarm."""
    try:
        with looking() as seen:
            response = once(request, lambda: view(request, *args, **kwargs))
    except MultiPartParserError:
        raise Problem(400, "unreadable", "The form that was sent breaks off or is none.") from None
    if response.status_code >= 400:
        return response
    plain = HttpResponse("\n".join(_strings(response)))
    if past_the_gates(request, request.actor, seen, plain) is not plain:
        return _too_many_people().response()  # not raised: that it happened stays written down
    return _unless_known(request, response)


def _strings(response: HttpResponse) -> Iterator[str]:
    """Every text in an answer, as a person would read it: JSON writes signs of its own between."""
    waiting: list[Any] = [json.loads(response.content)] if response.content else []
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _unless_known(request: ApiRequest, response: HttpResponse) -> HttpResponse:
    """304 where the asker has just this answer already."""
    if request.method != "GET" or response.status_code != 200:
        return response
    tag = f'W/"{sha256(response.content).hexdigest()[:32]}"'
    asked = {one.strip() for one in request.headers.get("If-None-Match", "").split(",")}
    if tag in asked or tag.removeprefix("W/") in asked:
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "private, no-cache"
    return response


def _too_many_people() -> Problem:
    return Problem(
        403,
        "too_many_people",
        "This token was told of more than 500 people in an hour, and a leader has been called. Wait an hour, or ask "
        "the school for a token with the scope people:many.",
    )


def _too_large() -> Problem:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20
    return Problem(413, "too_large", f"A request brings at most {most} MB besides its files, and one file.")


def in_whose_name(request: ApiRequest) -> Actor:
    """The colleague who made the token: what it writes is theirs, with their roles and within what they may."""
    return request.token.made_by.actor()
