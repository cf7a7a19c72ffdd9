"""Stored first, understood later: a webhook's events under their unique keys, in one short transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from itertools import batched

from django.db import transaction

from porchlight.delivery.gateways.contract import Ignored, RawRequest, Receipt
from porchlight.delivery.gateways.contract import InboundEvent as Event
from porchlight.delivery.inbox.attaching import keep_enclosed
from porchlight.delivery.inbox.paths import Path
from porchlight.delivery.inbox.wording import RECEIPTS, kind_of, written
from porchlight.delivery.models import Account
from porchlight.delivery.outbox.dialect import Dialect, dialect
from porchlight.toolbox import school_time
from porchlight.toolbox.statements import ask

LONGEST_KEY = 255
TOGETHER = 100  # statuses of one webhook that share a row


@transaction.atomic(savepoint=False)
def store(path: Path, account: Account, request: RawRequest, events: Sequence[Event] | None = None) -> int:
    """Keep what a genuine request holds: `events`, or what the adapter reads in it. A repetition adds nothing.

    Returns how many events it spoke of.

    Raises DatabaseError, and then nothing of the caller's transaction is kept either.
    """
    events = keep_enclosed(account, _understood(account, request) if events is None else events)
    here = dialect()
    values = {
        "rows": json.dumps(_rows(events)),
        "school": path.school_id,
        "account": path.account_id,
        "path": path.id,
        "now": here.moment(school_time.now()),
    }
    for statement in _store_sql(here):
        ask(statement, values)
    return len(events)


def _understood(account: Account, request: RawRequest) -> Sequence[Event]:
    """What the adapter reads; what it cannot read is kept whole, so that nothing a gateway said is lost."""
    events = account.carrier.read(account, request)
    if events:
        return events
    print_ = hashlib.sha256(request.body).hexdigest()
    return [Ignored(key=print_, kind="empty", raw={"body": request.body[:10_000].decode(errors="replace")})]


def _rows(events: Sequence[Event]) -> list[dict[str, object]]:
    """A row for each event; statuses that came together stay together, a handful of rows for a thousand of them."""
    receipts = [event for event in events if isinstance(event, Receipt)]
    others = [event for event in events if not isinstance(event, Receipt)]
    return [_row(event) for event in others] + [_row_of(few) for few in batched(receipts, TOGETHER)]


def _row(event: Event) -> dict[str, object]:
    return {
        "kind": kind_of(event),
        "provider_key": _key(event.key),
        "raw": dict(event.raw),
        "event": written(event),
    }


def _row_of(receipts: Sequence[Receipt]) -> dict[str, object]:
    if len(receipts) == 1:
        return _row(receipts[0])
    keys = json.dumps([receipt.key for receipt in receipts])
    return {
        "kind": RECEIPTS,
        "provider_key": hashlib.sha256(keys.encode()).hexdigest(),
        "raw": {RECEIPTS: [dict(receipt.raw) for receipt in receipts]},
        "event": {RECEIPTS: [written(receipt) for receipt in receipts]},
    }


def _key(key: str) -> str:
    """Longer keys are shortened to what still tells them apart."""
    if len(key) <= LONGEST_KEY:
        return key
    return key[: LONGEST_KEY - 65] + "~" + hashlib.sha256(key.encode()).hexdigest()


@cache
def _store_sql(here: Dialect) -> tuple[str, ...]:
    """The events, and the path marked anew (see `processing.process_waiting`): together where that may be."""
    table = here.table(kind="text", provider_key="text", raw="jsonb", event="jsonb")
    keep = (
        "INSERT INTO delivery_inboundevent"
        " (school_id, account_id, kind, provider_key, raw, event, received_at, due_at, outcome, tries)"
        " SELECT %(school)s, %(account)s, kind, provider_key, raw, event, %(now)s, %(now)s, '', 0"
        f" FROM {table} WHERE TRUE ON CONFLICT DO NOTHING"
    )
    mark = "UPDATE delivery_webhookroute SET waiting_since = %(now)s WHERE id = %(path)s"
    return (f"WITH kept AS ({keep}) {mark}",) if here.changes_inside_with else (keep, mark)
