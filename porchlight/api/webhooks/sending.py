"""A subscription's signals on the wire: claimed with a lease, signed, posted, written down; nothing open meanwhile.

At least once: after a crash a signal goes again under the same `webhook-id`, by which its receiver knows it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pycurl
from django.db import transaction
from standardwebhooks import Webhook

from porchlight.api.models import Signal, Subscription
from porchlight.api.webhooks.health import failed, succeeded
from porchlight.delivery.gateways.http import new_handle
from porchlight.delivery.gateways.wire import seconds_to_wait
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from porchlight.toolbox.jitter import pause
from porchlight.toolbox.reach import NotPublic, Sockets, check_url
from porchlight.toolbox.sealed import WrongSeal

TOGETHER = 20  # claimed at a time
MOST = 200  # in one task; then others have their turn
PATIENCE, CONNECTING = 15, 5  # seconds for one request, and for its connection
LEASE = timedelta(seconds=TOGETHER * (PATIENCE + 5))
ANSWER_CAP = 16 * 1024  # bytes; nobody reads more


@dataclass(frozen=True, slots=True)
class Result:
    """`code` is empty when it was taken; else http_503, not_public, no_connection, …"""

    code: str = ""
    retry_after: float | None = None
    is_gone: bool = False  # 410: the address wants no more

    @property
    def was_told(self) -> bool:
        return not self.code


def send_due(school_id: int, subscription_id: int) -> int:
    """Tell what is due, oldest first; the first that fails ends it. Returns how many went."""
    told = 0
    while told < MOST:
        with school_context(school_id):
            claimed = _claimed(school_id, subscription_id)
        if claimed is None:
            return told
        subscription, signals = claimed
        for place, signal in enumerate(signals):
            result = post(subscription, signal)
            with school_context(school_id):
                _settle(subscription, signal, result)
                if not result.was_told:
                    rest = [one.pk for one in signals[place + 1 :]]
                    Signal.objects.in_school(school_id).filter(pk__in=rest).update(lease_until=None)
                    return told
            told += 1
    return told


def _claimed(school_id: int, subscription_id: int) -> tuple[Subscription, list[Signal]] | None:
    """The subscription with a few signals that are ours for as long as the lease. One worker at a time for each."""
    rows = Subscription.objects.in_school(school_id).listening().select_for_update()
    subscription, now = rows.filter(pk=subscription_id).first(), school_time.now()
    if subscription is None:
        return None
    mine = Signal.objects.in_school(school_id).filter(subscription=subscription)
    if mine.filter(lease_until__gt=now).exists():
        return None
    signals = list(mine.due(now=now)[:TOGETHER])
    mine.filter(pk__in=[one.pk for one in signals]).update(lease_until=now + LEASE)
    _open_secret(subscription)
    return (subscription, signals) if signals else None


def _open_secret(subscription: Subscription) -> None:
    """It opens at the first look, and behind the wall only in the school's context, which is over when we post."""
    with suppress(WrongSeal):  # `post` says so
        str(subscription.secret)


@transaction.atomic
def _settle(subscription: Subscription, signal: Signal, result: Result) -> None:
    now = school_time.now()
    signal.tries, signal.last_code, signal.lease_until = signal.tries + 1, result.code[:40], None
    if result.was_told:
        signal.told_at = now
        succeeded(subscription)
    else:
        wait = pause(signal.tries, seed=signal.key, retry_after=result.retry_after)
        if wait is None:
            signal.given_up_at = now
        else:
            signal.due_at = now + timedelta(seconds=wait)
        failed(subscription, now=now, is_gone=result.is_gone)
    signal.save(update_fields=["tries", "last_code", "lease_until", "told_at", "given_up_at", "due_at"])


def body_of(signal: Signal) -> bytes:
    """What is told: the kind, the moment, keys and codes."""
    told = {"type": signal.kind, "timestamp": signal.at.astimezone(UTC).isoformat(), "data": signal.data}
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()


def headers_of(signal: Signal, body: bytes, *, secret: str, now: datetime) -> dict[str, str]:
    """As Standard Webhooks 1.0 has them. The id stays the same however often it is sent."""
    name = f"msg_{signal.key}"
    return {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(name, now, body.decode()),
    }


def post(subscription: Subscription, signal: Signal) -> Result:
    """One request. Raises nothing for what the network or the other side does."""
    body = body_of(signal)
    try:
        check_url(subscription.url)
        headers = headers_of(signal, body, secret=subscription.secret, now=datetime.now(UTC))
    except NotPublic:
        return Result("not_public")
    except WrongSeal:
        return Result("seal")
    return _performed(subscription.url, body, headers)


def _performed(url: str, body: bytes, headers: Mapping[str, str]) -> Result:
    answered: dict[str, str] = {}
    size = 0

    def take(piece: bytes) -> int | None:
        nonlocal size
        size += len(piece)
        return None if size <= ANSWER_CAP else -1

    def header(line: bytes) -> None:
        name, _, value = line.decode("latin-1").partition(":")
        answered[name.strip().lower()] = value.strip()

    curl, sockets = new_handle(), Sockets()
    try:
        _set(curl, url, body, headers)
        curl.setopt(pycurl.OPENSOCKETFUNCTION, sockets.open)
        curl.setopt(pycurl.WRITEFUNCTION, take)
        curl.setopt(pycurl.HEADERFUNCTION, header)
        curl.perform()
    except (pycurl.error, UnicodeError) as problem:
        status = curl.getinfo(pycurl.RESPONSE_CODE)
        if not status or size <= ANSWER_CAP:
            return Result("not_public" if sockets.refused else _why(problem))
    finally:
        status = curl.getinfo(pycurl.RESPONSE_CODE)
        curl.close()
        sockets.close()
    if 200 <= status < 300:
        return Result()
    wait = seconds_to_wait(answered.get("retry-after", ""), now=datetime.now(UTC))
    return Result(f"http_{status}", wait if status in {429, 503} else None, status == 410)


def _set(curl: Any, url: str, body: bytes, headers: Mapping[str, str]) -> None:
    curl.setopt(pycurl.URL, url)
    curl.setopt(pycurl.POST, 1)
    curl.setopt(pycurl.POSTFIELDS, body)
    curl.setopt(pycurl.HTTPHEADER, ["Expect:", *(f"{name}: {value}" for name, value in headers.items())])
    curl.setopt(pycurl.FOLLOWLOCATION, 0)
    curl.setopt(pycurl.TIMEOUT, PATIENCE)
    curl.setopt(pycurl.CONNECTTIMEOUT, CONNECTING)


def _why(problem: Exception) -> str:
    code = problem.args[0] if problem.args else None
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return "too_slow"
    return "certificate" if code == pycurl.E_PEER_FAILED_VERIFICATION else "no_connection"
