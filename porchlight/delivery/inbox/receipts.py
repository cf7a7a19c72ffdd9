"""Receipts join the deliveries they speak of: any order, any repetition, the furthest status wins."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from porchlight.delivery.gateways.contract import Advice, Receipt, Status
from porchlight.delivery.inbox.listeners import tell_status
from porchlight.delivery.models import Account, Delivery, Stopped
from porchlight.delivery.outbox import ladder

# What a failure that comes later means for the delivery; whatever is not named here: another way may work.
STOPPED_BY = {
    Advice.BAD_ADDRESS: Stopped.BAD_ADDRESS,
    Advice.OPTED_OUT: Stopped.OPTED_OUT,
    Advice.OUR_FAULT: Stopped.DEAD,
    Advice.STAFF_MUST_ACT: Stopped.DEAD,
}


def join(account: Account, receipt: Receipt, *, now: datetime) -> bool:
    """Apply a receipt. False when the delivery is not known (yet): the receipt is parked and tried again."""
    delivery = _find(account, receipt)
    if delivery is None:
        return False
    if not _advance(delivery, receipt, now):
        return True
    if receipt.status == Status.FAILED:
        ladder.follow_up([delivery.pk], now)
    tell_status(account.school_id, [delivery.pk])
    return True


def _find(account: Account, receipt: Receipt) -> Delivery | None:
    """By our own reference where it came back, else by the gateway's id; never across accounts."""
    named = Q()
    if receipt.reference:
        named |= Q(reference=receipt.reference)
    if receipt.provider_id:
        named |= Q(provider_id=receipt.provider_id)
    if not named:
        return None
    return Delivery.objects.filter(named, account=account).select_for_update().first()


def _advance(delivery: Delivery, receipt: Receipt, now: datetime) -> bool:
    """Forward only. Failed is final unless it arrived after all. Returns whether anything moved."""
    if receipt.provider_id and not delivery.provider_id:
        Delivery.objects.filter(pk=delivery.pk).update(provider_id=receipt.provider_id)
    if receipt.status <= delivery.status:
        return False
    moved = {"status": receipt.status, "status_at": receipt.at or now, "stopped": "", "lease_until": None}
    if delivery.sent_at is None and receipt.status != Status.FAILED:
        moved["sent_at"] = receipt.at or now
    if receipt.status == Status.FAILED:
        refused = receipt.refused
        advice = refused.advice if refused else Advice.NEXT_CHANNEL
        moved |= {
            "stopped": STOPPED_BY.get(advice, Stopped.NEXT_CHANNEL),
            "code": refused.code[:60] if refused else "",
            "advice": advice.value,
            "detail": refused.detail[:300] if refused else "",
        }
    Delivery.objects.filter(pk=delivery.pk).update(**moved)
    return True
