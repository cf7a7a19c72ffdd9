"""Asks phones how they are, every few minutes, so that the office sees it before words wait in vain."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any

from porchlight.delivery.connecting import Work
from porchlight.delivery.gateways.contract import Gateway
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.models import Account, WebhookRoute
from porchlight.delivery.outbox.carriers import Credentials, credentials_of
from porchlight.schools.wall import school_context
from porchlight.toolbox.sealed import WrongSeal

EVERY = timedelta(minutes=15)
PATIENCE = 60.0  # seconds: two small questions, each with its own limit

log = logging.getLogger(__name__)


def can_be_asked(carrier: Gateway) -> bool:
    """Whether there is a phone behind this gateway that says how it is."""
    return hasattr(carrier, "look")


def look_due(run: Callable[[Work], Future[Any]], now: datetime) -> int:
    """Ask those that are due. Returns how many were asked."""
    routes = list(WebhookRoute.objects.filter(closed_at=None, look_at__lte=now).order_by("look_at")[:5])
    for route in routes:
        WebhookRoute.objects.filter(pk=route.pk).update(look_at=now + EVERY)  # other workers leave it alone
        found = _asked(route, run)
        WebhookRoute.objects.filter(pk=route.pk).update(looked={"at": now.isoformat(), **found})
    return len(routes)


def _asked(route: WebhookRoute, run: Callable[[Work], Future[Any]]) -> dict[str, object]:
    with school_context(route.school_id):
        account = Account.objects.get(pk=route.account_id)
        try:
            carrier, credentials = account.carrier, credentials_of(account)
        except (UnknownGateway, WrongSeal):
            return {}
    try:
        found: dict[str, object] = run(_asking(carrier, credentials)).result(PATIENCE)
    except Exception:
        log.exception("The adapter %s raised while it looked.", carrier.name)
        return {}
    return found


def _asking(carrier: Any, credentials: Credentials) -> Work:
    async def ask(http: Http) -> dict[str, object]:
        said: dict[str, object] = await carrier.look(http, credentials)
        return said

    return ask
