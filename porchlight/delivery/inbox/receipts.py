"""Statuses joined to what we sent: by our reference or the provider's id, in bulk, the maximum winning."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from porchlight.delivery.gateways.contract import Advice, Receipt, Refused, Status
from porchlight.delivery.models import Stopped
from porchlight.delivery.outbox.dialect import RIDDEN, Dialect, dialect
from porchlight.toolbox.statements import ask

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
    ridden: tuple[int, ...]  # of those, the ones that others ride with


def join(school_id: int, account_id: int, receipts: Sequence[Receipt], now: datetime) -> Joined:
    """Raise the status of everything these tell of. Receipts for nothing we know stay out of `of`."""
    by_reference, by_provider_id = _deliveries(school_id, account_id, receipts)
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
    grown = _raise(highest, now) if highest else {}
    failed = tuple(pk for pk in grown if highest[pk].status is Status.FAILED)
    return Joined(of, tuple(grown), failed, tuple(pk for pk, ridden in grown.items() if ridden))


def _deliveries(
    school_id: int, account_id: int, receipts: Sequence[Receipt]
) -> tuple[dict[str, int], dict[str, int]]:
    """Ids by our reference and, for those it does not find, by the provider's. Asked apart: joined by OR, neither
    index would serve."""
    values: dict[str, object] = {"school": school_id, "account": account_id}
    references = sorted({receipt.reference for receipt in receipts if receipt.reference})
    here = dialect()
    by_reference: dict[str, int] = {}
    if references:
        by_reference = dict(ask(_by_reference_sql(here), {**values, "names": here.names(references)}))
    others = sorted(
        {one.provider_id for one in receipts if one.provider_id and one.reference not in by_reference}
    )
    if not others:
        return by_reference, {}
    return by_reference, dict(ask(_by_provider_sql(here), {**values, "names": here.names(others)}))


@cache
def _by_reference_sql(here: Dialect) -> str:
    return (
        "SELECT reference, id FROM delivery_delivery"
        f" WHERE school_id = %(school)s AND account_id = %(account)s AND reference {here.in_names}"
    )


@cache
def _by_provider_sql(here: Dialect) -> str:
    return (
        "SELECT provider_id, id FROM delivery_delivery WHERE school_id = %(school)s AND account_id = %(account)s"
        f" AND provider_id {here.in_names} AND provider_id <> ''"
    )


def _raise(highest: Mapping[int, Receipt], now: datetime) -> dict[int, bool]:
    """The ids of those whose status grew, each with whether others ride with it."""
    here = dialect()
    rows = json.dumps([_row(pk, receipt) for pk, receipt in sorted(highest.items())])
    return {pk: bool(ridden) for pk, ridden in ask(_raise_sql(here), {"rows": rows, "now": here.moment(now)})}


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
        f" FROM {table} WHERE {mine}.id = v.delivery_id AND {mine}.status < v.status"
        f" RETURNING {mine}.id, {RIDDEN}"
    )
