"""The next rung: when one address cannot take it, the family's next one may."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from porchlight.delivery import addressing
from porchlight.delivery.actions import delivery_of
from porchlight.delivery.by_hand.slip_codes import keep_codes
from porchlight.delivery.content import AskSpec, Content, Enclosed, Recipient, Spoken, Urgency
from porchlight.delivery.gateways.contract import Advice, Option, Status
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.models import Delivery, Parcel, Stopped
from porchlight.delivery.outbox.outcomes import A_DAY, backoff
from porchlight.delivery.planning import known_of, plan_one
from porchlight.delivery.talking.hours import ring_again
from porchlight.delivery.waking import wake_on_commit
from porchlight.families.models import Channel
from porchlight.schools.tiers import Tier

# After these another way may be tried; after a restriction, an undo or the end of its time it may not.
CLIMBS = (
    Stopped.NEXT_CHANNEL,
    Stopped.BAD_ADDRESS,
    Stopped.OPTED_OUT,
    Stopped.NO_CONSENT,
    Stopped.DEMOTED,
    Stopped.ENDED,
    Stopped.TRIED_ANEW,
)
MOST_TO_ONE_ADDRESS = 3  # deliveries of one parcel


def follow_up(delivery_ids: Iterable[int], now: datetime) -> None:
    """Act on what a refusal says of the address, then try again there or at the family's next one.

    In the school's context.
    """
    stopped = Delivery.objects.filter(pk__in=list(delivery_ids), stopped__in=CLIMBS)
    for delivery in stopped.select_related("address", "account", "parcel__guardian", "parcel__school"):
        _learn(delivery, now)
        if not delivery.parcel.service_kind:
            climb(delivery, now)


def _learn(delivery: Delivery, now: datetime) -> None:
    address = delivery.address
    if address is None or delivery.status != Status.FAILED:
        return
    if delivery.stopped == Stopped.BAD_ADDRESS and addressing.mark_bad(address, reason=delivery.code):
        sentence = delivery.account.carrier.explain(delivery.code)
        tell_trouble(Trouble(delivery.parcel.school, "address_bad", sentence, delivery.account, address))
    elif delivery.stopped == Stopped.OPTED_OUT:
        addressing.opt_out(address, source=f"refused by the gateway: {delivery.code}"[:40], words="", now=now)
    elif delivery.advice == Advice.NEEDS_TEMPLATE and address.window_until is not None:
        address.window_until = None
        address.save(update_fields=["window_until"])


def climb(delivery: Delivery, now: datetime) -> Delivery | None:
    """A new delivery of the same parcel: once more to this address where that may help, else to the next one.

    None when there is no address left, or another delivery of the parcel is still on its way.
    """
    parcel = delivery.parcel
    if parcel.guardian is None or parcel.withdrawn_at is not None:
        return None
    earlier = list(parcel.deliveries.values_list("address_id", "stopped", "status"))
    if any(at and not stopped and status != Status.FAILED for at, stopped, status in earlier):
        return None  # a slip besides, which has no address, is no reason to try nothing else
    tried: Counter[int | None] = Counter(address_id for address_id, _, _ in earlier)
    if _may_go_again(delivery) and tried[delivery.address_id] < MOST_TO_ONE_ADDRESS:
        del tried[delivery.address_id]
    recipient = Recipient(
        parcel.guardian, tuple(row.student for row in parcel.about.select_related("student"))
    )
    planned = plan_one(
        known_of(parcel.school, {parcel.guardian.pk}, on=parcel.school.local(now).date()),
        recipient,
        content_of(parcel, recipient),
        urgency=Urgency(parcel.urgency),
        start=now + _wait(delivery, len(earlier)),
        except_addresses=set(tried),
    )
    if planned.not_reached is not None:
        return None
    following = delivery_of(parcel, planned, hold_until=None, now=now)
    following.save()
    keep_codes([following], now)
    wake_on_commit([following])
    return following


def _may_go_again(delivery: Delivery) -> bool:
    return delivery.stopped == Stopped.TRIED_ANEW or delivery.advice == Advice.NEEDS_TEMPLATE


def _wait(delivery: Delivery, earlier: int) -> timedelta:
    if delivery.stopped != Stopped.TRIED_ANEW:
        return timedelta()
    if delivery.channel == Channel.CALL:
        return ring_again(delivery.code, earlier)
    return timedelta(seconds=A_DAY if delivery.advice == Advice.RETRY_LATE else backoff(earlier))


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
        spoken=Spoken(**parcel.spoken) if parcel.spoken else None,
        enclosed=Enclosed(**parcel.enclosed) if parcel.enclosed else None,
    )
