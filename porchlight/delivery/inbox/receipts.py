"""Statuses joined to what we sent: by our reference or the provider's id, in bulk, the maximum winning."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import connection
from django.db.models import Q

from porchlight.delivery.gateways.contract import Advice, Receipt, Refused, Status
from porchlight.delivery.models import Account, Delivery, Stopped
from porchlight.delivery.outbox.dialect import Dialect, dialect

# What a refusal that came later makes of a delivery; the other advices let it be sent anew (`ladder.py`).
_STOPS = {
    Advice.OUR_FAULT: Stopped.DEAD,
    Advice.STAFF_MUST_ACT: Stopped.DEAD,
    Advice.BAD_ADDRESS: Stopped.BAD_ADDRESS,
    Advice.OPTED_OUT: Stopped.OPTED_OUT,
    Advice.NEXT_CHANNEL: Stopped.NEXT_CHANNEL,
    Advice.NEEDS_TEMPLATE: Stopped.NEXT_CHANNEL,
    Advice.RETRY: Stopped.TRIED_ANEW,
    Advice.RETRY_LATE: Stopped.TRIED_ANEW,
}


@dataclass(frozen=True, slots=True)
class Joined:
    """What a batch of receipts came to, by delivery id."""

    of: Mapping[int, int]  # place in the batch → delivery
    grown: tuple[int, ...]  # deliveries whose status is higher than before
    failed: tuple[int, ...]  # of those, the ones that failed: somebody or something must act


def join(account: Account, receipts: Sequence[Receipt], now: datetime) -> Joined:
    """Raise the status of everything these tell of. Receipts for nothing we know stay out of `of`."""
    by_reference, by_provider_id = _deliveries(account, receipts)
    of: dict[int, int] = {}
    for place, receipt in enumerate(receipts):
        delivery_id = by_reference.get(receipt.reference) or by_provider_id.get(receipt.provider_id)
        if delivery_id is not None:
            of[place] = delivery_id
    highest: dict[int, Receipt] = {}
    for place, delivery_id in of.items():
        known = highest.get(delivery_id)
        if known is None or receipts[place].status > known.status:
            highest[delivery_id] = receipts[place]
    grown = _raise(highest, now) if highest else []
    failed = tuple(pk for pk in grown if highest[pk].status is Status.FAILED)
    return Joined(of, tuple(grown), failed)


def _deliveries(account: Account, receipts: Sequence[Receipt]) -> tuple[dict[str, int], dict[str, int]]:
    references = {receipt.reference for receipt in receipts if receipt.reference}
    provider_ids = {receipt.provider_id for receipt in receipts if receipt.provider_id}
    rows = (
        Delivery.objects.in_school(account.school_id)
        .filter(Q(reference__in=references) | Q(provider_id__in=provider_ids), account=account)
        .values_list("pk", "reference", "provider_id")
    )
    by_reference = {reference: pk for pk, reference, _ in rows}
    return by_reference, {provider_id: pk for pk, _, provider_id in rows if provider_id}


def _raise(highest: Mapping[int, Receipt], now: datetime) -> list[int]:
    here = dialect()
    with connection.cursor() as cursor:
        rows = json.dumps([_row(pk, receipt) for pk, receipt in sorted(highest.items())])
        cursor.execute(_raise_sql(here), {"rows": rows, "now": here.moment(now)})
        return [row[0] for row in cursor.fetchall()]


def _row(delivery_id: int, receipt: Receipt) -> dict[str, object]:
    refused = receipt.refused or Refused(Advice.NEXT_CHANNEL, "")
    failed = receipt.status is Status.FAILED
    return {
        "delivery_id": delivery_id,
        "status": int(receipt.status),
        "stopped": _STOPS[refused.advice].value if failed else "",
        "provider_id": receipt.provider_id[:200],
        "code": refused.code[:60] if failed else "",
        "advice": refused.advice.value if failed else "",
        "detail": refused.detail[:300] if failed else "",
    }


@cache
def _raise_sql(here: Dialect) -> str:
    """Forward only. What says that it arrived also ends every wait for another try, and a stop that was wrong."""
    table = here.table(
        delivery_id="bigint", status="smallint", stopped="text", provider_id="text", code="text", advice="text",
        detail="text",
    )  # fmt: skip
    mine = "delivery_delivery"
    return (
        f"UPDATE {mine} SET status = v.status, stopped = v.stopped, code = v.code, advice = v.advice,"
        f" detail = v.detail, status_at = %(now)s, sent_at = COALESCE({mine}.sent_at, %(now)s),"
        f" provider_id = CASE WHEN {mine}.provider_id = '' THEN v.provider_id ELSE {mine}.provider_id END"
        f" FROM {table} WHERE {mine}.id = v.delivery_id AND {mine}.status < v.status RETURNING {mine}.id"
    )
