"""The next rung: when one address cannot take it, the family's next one may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from porchlight.delivery import addressing
from porchlight.delivery.actions import delivery_of
from porchlight.delivery.content import AskSpec, Content, Recipient, Urgency
from porchlight.delivery.gateways.contract import Option, Status
from porchlight.delivery.models import Delivery, Parcel, Stopped
from porchlight.delivery.planning import known_of, plan_one
from porchlight.delivery.waking import wake_on_commit
from porchlight.schools.tiers import Tier

# After these another way may be tried; after a restriction, an undo or the end of its time it may not.
CLIMBS = (
    Stopped.NEXT_CHANNEL,
    Stopped.BAD_ADDRESS,
    Stopped.OPTED_OUT,
    Stopped.NO_CONSENT,
    Stopped.DEMOTED,
    Stopped.ENDED,
)


def follow_up(delivery_ids: Iterable[int], now: datetime) -> None:
    """Act on what a refusal says of the address, then try the family's next one. In the school's context."""
    stopped = Delivery.objects.filter(pk__in=list(delivery_ids), stopped__in=CLIMBS)
    for delivery in stopped.select_related("address", "parcel__guardian", "parcel__school"):
        _learn(delivery, now)
        if not delivery.parcel.service_kind:
            climb(delivery, now)


def _learn(delivery: Delivery, now: datetime) -> None:
    address = delivery.address
    if address is None or delivery.status != Status.FAILED:
        return
    if delivery.stopped == Stopped.BAD_ADDRESS:
        addressing.mark_bad(address, reason=delivery.code)
    elif delivery.stopped == Stopped.OPTED_OUT:
        addressing.opt_out(address, source=f"refused by the gateway: {delivery.code}", words="", now=now)


def climb(delivery: Delivery, now: datetime) -> Delivery | None:
    """A new delivery of the same parcel to an address not tried yet; None when there is none."""
    parcel = delivery.parcel
    if parcel.guardian is None or parcel.withdrawn_at is not None:
        return None
    tried = set(parcel.deliveries.values_list("address_id", flat=True))
    if parcel.deliveries.filter(stopped="", status__lt=Status.FAILED).exists():
        return None
    students = tuple(row.student for row in parcel.about.select_related("student"))
    recipient = Recipient(parcel.guardian, students)
    known = known_of(parcel.school, {parcel.guardian.pk}, on=parcel.school.local(now).date())
    planned = plan_one(
        known,
        recipient,
        content_of(parcel, recipient),
        urgency=Urgency(parcel.urgency),
        start=max(now, delivery.due_at),
        except_addresses={pk for pk in tried if pk is not None},
    )
    if planned.not_reached is not None:
        return None
    following = delivery_of(parcel, planned, hold_until=None, now=now)
    following.save()
    wake_on_commit([following])
    return following


def content_of(parcel: Parcel, recipient: Recipient) -> Content:
    """What was handed to delivery, read back from the parcel."""
    ask = parcel.ask
    options = tuple(Option(option["key"], option["label"]) for option in ask["options"]) if ask else ()
    return Content(
        text=parcel.text,
        language=parcel.language,
        tier=Tier(parcel.tier),
        subject=parcel.subject,
        ask=AskSpec(ask["shape"], options, ask["code"]) if ask else None,
        sender_name=parcel.sender_name,
        student_names=tuple(student.short_name for student in recipient.students),
        page_path=parcel.page_path,
        is_original=parcel.is_original,
        urgent_reason=parcel.urgent_reason,
    )
