"""What an account may not send today goes another way, where there is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.actions import delivery_of
from porchlight.delivery.by_hand.slip_codes import keep_codes
from porchlight.delivery.content import Recipient, Urgency
from porchlight.delivery.inbox.listeners import tell_status
from porchlight.delivery.models import Account, Delivery, Stopped
from porchlight.delivery.outbox import ladder, riding
from porchlight.delivery.planning import Known, known_of, plan_one
from porchlight.delivery.waking import wake_on_commit
from porchlight.schools.actors import Actor

AT_ONCE = 500  # at one press


@transaction.atomic
def send_elsewhere(account: Account, *, by: Actor, now: datetime) -> int:
    """Whatever waits on this account and has another way takes it. Returns how many did; the rest waits on."""
    waiting = Delivery.objects.waiting().filter(account=account, lease_until=None, copies=0)
    waiting = waiting.filter(due_at__lte=now, parcel__guardian__isnull=False, parcel__withdrawn_at=None)
    rows = list(
        waiting.select_for_update(of=("self",))
        .select_related("parcel__guardian", "parcel__school")
        .prefetch_related("parcel__about__student")
        .order_by("priority", "due_at", "pk")[:AT_ONCE]
    )
    guardians = {row.parcel.guardian_id for row in rows if row.parcel.guardian_id}
    known = _without(account, known_of(account.school, guardians, on=account.school.local(now).date()))
    moved = [row for row in rows if _goes_elsewhere(row, known, now)]
    tell_status(account.school_id, [row.pk for row in moved])
    if moved:
        riding.follow([row.pk for row in moved], now)
        record("account.sent_elsewhere", about=account, by=by, count=len(moved))
    return len(moved)


def _without(account: Account, known: Known) -> Known:
    """As if the school did not have this account."""
    others = {
        channel: [one for one in accounts if one.pk != account.pk]
        for channel, accounts in known.accounts.items()
    }
    return replace(known, accounts=others)


def _goes_elsewhere(row: Delivery, known: Known, now: datetime) -> bool:
    guardian = row.parcel.guardian
    if guardian is None:
        return False
    who = Recipient(guardian, tuple(about.student for about in row.parcel.about.all()))
    content = ladder.content_of(row.parcel, who)
    planned = plan_one(known, who, content, urgency=Urgency(row.parcel.urgency), start=now)
    if planned.not_reached is not None:
        return False
    Delivery.objects.filter(pk=row.pk).update(stopped=Stopped.TRIED_ANEW, status_at=now)
    following = delivery_of(row.parcel, planned, hold_until=None, now=now)
    following.save()
    keep_codes([following], now)
    wake_on_commit([following])
    return True
