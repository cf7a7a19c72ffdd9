"""Where gateways come back. Whatever is wrong, the refusal is the same few bytes and nothing is written."""

from __future__ import annotations

import logging
from typing import Protocol, runtime_checkable

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from porchlight.delivery.gateways.contract import RawRequest
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.inbox.paths import account_at, path_of
from porchlight.delivery.inbox.storing import store
from porchlight.delivery.talking.answering import answered
from porchlight.delivery.talking.voices import Talks
from porchlight.schools.wall import school_context
from porchlight.toolbox.sealed import WrongSeal

log = logging.getLogger(__name__)


@runtime_checkable
class Acknowledges(Protocol):
    """A gateway that asks for a word back in the answer to its webhook."""

    def acknowledge(self, request: RawRequest) -> bytes:
        """JSON, or nothing."""


@csrf_exempt
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, gateway: str, key: str) -> HttpResponse:
    """Check, store, answer; the worker understands it later. A database that is away gives 503: they try again."""
    try:
        return _receive(request, gateway, key)
    except (DatabaseError, InterfaceError, WrongSeal) as problem:
        log.warning("A webhook could not be taken: %s", type(problem).__name__)
        return HttpResponse(status=503, headers={"Retry-After": "5"})


def _receive(request: HttpRequest, gateway: str, key: str) -> HttpResponse:
    path = path_of(gateway, key)
    if path is None:
        return _refused()
    with school_context(path.school_id):
        account = account_at(path)
        if account is None:
            return _refused()
        try:
            carrier = account.carrier
        except UnknownGateway:
            return _refused()
        raw = _raw(request, carrier.abilities.max_webhook)
        if raw is None:
            return _refused()
        if request.method == "GET":
            greeting = carrier.greet(account, raw)
            return HttpResponse(greeting.body, content_type="text/plain") if greeting else _refused()
        if not carrier.is_genuine(account, raw):
            return _refused()
        turn = carrier.turn(raw) if isinstance(carrier, Talks) else None
        if turn is None:
            store(path, account, raw)
    if turn is not None:  # a home is on the line, and waits for what we say
        return HttpResponse(answered(path, account, raw, turn).body, content_type="text/xml")
    said = carrier.acknowledge(raw) if isinstance(carrier, Acknowledges) else b""
    return HttpResponse(said, content_type="application/json" if said else "text/plain")


def _raw(request: HttpRequest, most: int) -> RawRequest | None:
    """The request as the gateway made it, or None when it is longer than `most` bytes or breaks off. The host
    comes from our settings, never from a header."""
    try:
        body = request.read(most + 1)
    except UnreadablePostError:
        return None
    if len(body) > most:
        return None
    return RawRequest(
        method=request.method or "POST",
        url=settings.BASE_URL + request.get_full_path(),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
    )


def _refused() -> HttpResponse:
    return HttpResponse("no", status=403, content_type="text/plain")
