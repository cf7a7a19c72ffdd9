"""Tells gateways where to report, where they can be told: nobody at school should have to speak to an interface."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from porchlight.delivery.gateways.contract import Gateway
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.models import Account, WebhookRoute
from porchlight.delivery.outbox.carriers import Credentials, credentials_of
from porchlight.schools.wall import school_context
from porchlight.toolbox.sealed import WrongSeal

AGAIN = timedelta(minutes=5)  # a phone that is off now will be on again
PATIENCE = 150.0  # seconds: several requests in turn, each with its own limit
BROKEN = "The gateway could not be told where to report. The people who run Porchlight have to look at it."

type Work = Callable[[Http], Coroutine[Any, Any, Any]]

log = logging.getLogger(__name__)


def can_be_told(carrier: Gateway) -> bool:
    """Whether this gateway has a way to be told its webhook address by us."""
    return hasattr(carrier, "connect")


def connect_soon(account: Account, now: datetime) -> None:
    """A worker tells the gateway; nothing happens where the office gives the address to it by hand."""
    if can_be_told(account.carrier):
        WebhookRoute.objects.filter(account=account, closed_at=None).update(connect_at=now)
    if hasattr(account.carrier, "look"):
        WebhookRoute.objects.filter(account=account, closed_at=None).update(look_at=now)


def connect_due(run: Callable[[Work], Future[Any]], now: datetime) -> int:
    """Connect what is due. Returns how many were tried."""
    routes = list(WebhookRoute.objects.filter(closed_at=None, connect_at__lte=now).order_by("connect_at")[:5])
    for route in routes:
        WebhookRoute.objects.filter(pk=route.pk).update(
            connect_at=now + AGAIN
        )  # other workers leave it alone
        problem = _problem(route, run)
        outcome = (
            {"connect_problem": problem[:300], "connected_at": None}
            if problem
            else {"connect_problem": "", "connected_at": now, "connect_at": None}
        )
        WebhookRoute.objects.filter(pk=route.pk, connect_at=now + AGAIN).update(**outcome)
    return len(routes)


def _problem(route: WebhookRoute, run: Callable[[Work], Future[Any]]) -> str:
    """What is wrong, in a sentence; empty when the gateway reports from now on."""
    with school_context(route.school_id):
        account = Account.objects.get(pk=route.account_id)
        try:
            carrier, credentials = account.carrier, credentials_of(account)
        except (UnknownGateway, WrongSeal) as problem:
            return str(problem)
    try:
        found = run(_telling(carrier, credentials, settings.BASE_URL + route.path)).result(PATIENCE)
    except Exception:
        log.exception("The adapter %s raised while it connected.", carrier.name)
        return BROKEN
    return " ".join(found)


def _telling(carrier: Any, credentials: Credentials, webhook: str) -> Work:
    async def tell(http: Http) -> list[str]:
        problems: list[str] = await carrier.connect(http, credentials, webhook)
        return problems

    return tell
