"""Stored first, understood later: a webhook's events under their unique keys, in one short transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction

from porchlight.delivery.gateways.contract import Ignored, RawRequest
from porchlight.delivery.gateways.contract import InboundEvent as Event
from porchlight.delivery.inbox.attaching import keep_enclosed
from porchlight.delivery.inbox.wording import kind_of, written
from porchlight.delivery.models import Account, InboundEvent, WebhookRoute
from porchlight.toolbox import school_time

LONGEST_KEY = 255


@transaction.atomic
def store(route: WebhookRoute, account: Account, request: RawRequest) -> int:
    """Keep what a genuine request holds. A repetition adds nothing. Returns how many events it spoke of."""
    events = keep_enclosed(account, _understood(account, request))
    now = school_time.now()
    InboundEvent.objects.bulk_create(
        [
            InboundEvent(
                school_id=route.school_id,
                account=account,
                kind=kind_of(event),
                provider_key=_key(event.key),
                raw=dict(event.raw),
                event=written(event),
                received_at=now,
                due_at=now,
            )
            for event in events
        ],
        ignore_conflicts=True,
    )
    WebhookRoute.objects.filter(pk=route.pk).update(
        waiting_since=now
    )  # anew: see `processing.process_waiting`
    return len(events)


def _understood(account: Account, request: RawRequest) -> Sequence[Event]:
    """What the adapter reads; what it cannot read is kept whole, so that nothing a gateway said is lost."""
    events = account.carrier.read(account, request)
    if events:
        return events
    print_ = hashlib.sha256(request.body).hexdigest()
    return [Ignored(key=print_, kind="empty", raw={"body": request.body[:10_000].decode(errors="replace")})]


def _key(key: str) -> str:
    """Longer keys are shortened to what still tells them apart."""
    if len(key) <= LONGEST_KEY:
        return key
    return key[: LONGEST_KEY - 65] + "~" + hashlib.sha256(key.encode()).hexdigest()
