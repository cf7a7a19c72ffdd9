"""When one address cannot take it: what that says of the address, and the next rung, see `delivery/ladder/`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from porchlight.delivery import addressing
from porchlight.delivery.content import Recipient, Urgency
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.ladder.climbing import begin, go
from porchlight.delivery.ladder.content import content_of
from porchlight.delivery.ladder.facts import facts_of, rungs_of
from porchlight.delivery.ladder.rules import next_step
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.news import end_browser
from porchlight.delivery.outbox.outcomes import A_DAY
from porchlight.delivery.planning import Planned, known_of, plan_one
from porchlight.delivery.talking.hours import ring_again
from porchlight.families.models import Channel
from porchlight.toolbox.jitter import ceiling

# After these another way may be tried; after a restriction, an undo or the end of its time it may not.
CLIMBS = (
    Stopped.NEXT_CHANNEL,
    Stopped.BAD_ADDRESS,
    Stopped.OPTED_OUT,
    Stopped.NO_CONSENT,
    Stopped.DEMOTED,
    Stopped.ENDED,
    Stopped.TRIED_ANEW,
    Stopped.NOT_RECORDED,
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
    if delivery.stopped == Stopped.BAD_ADDRESS and address.channel == Channel.PUSH:
        end_browser(address, now)  # turned off where it was turned on: nobody need mend anything
    elif delivery.stopped == Stopped.BAD_ADDRESS:
        for one in addressing.mark_bad(address, reason=delivery.code):
            sentence = delivery.account.carrier.explain(delivery.code)
            tell_trouble(Trouble(delivery.parcel.school, "address_bad", sentence, delivery.account, one))
    elif delivery.stopped == Stopped.OPTED_OUT:
        addressing.opt_out(address, source=f"refused by the gateway: {delivery.code}"[:40], words="", now=now)
    elif delivery.advice == Advice.NEEDS_TEMPLATE and address.window_until is not None:
        address.window_until = None
        address.save(update_fields=["window_until"])


def climb(delivery: Delivery, now: datetime) -> Delivery | None:
    """A new delivery of the same parcel: once more to this address where that may help, else the next rung.

    None when there is none, or another delivery of the parcel is still on its way.
    """
    parcel = delivery.parcel
    if parcel.guardian is None or parcel.withdrawn_at is not None:
        return None
    earlier = list(parcel.deliveries.values_list("address_id", "stopped", "status"))
    if any(at and not stopped and status != Status.FAILED for at, stopped, status in earlier):
        return None  # a slip besides, which has no address, is no reason to try nothing else
    start = now + _wait(delivery, len(earlier))
    here = sum(at == delivery.address_id for at, _stopped, _status in earlier)
    if _may_go_again(delivery) and here < MOST_TO_ONE_ADDRESS:
        again = _once_more(delivery, start, except_addresses={at for at, _, _ in earlier})
        if again is not None:
            return begin(parcel, again, now)
    [facts] = facts_of([parcel], parcel.school, now, start=start)
    return go(facts, next_step(facts.case, rungs_of(parcel.school), now), now)


def _may_go_again(delivery: Delivery) -> bool:
    return delivery.stopped == Stopped.TRIED_ANEW or delivery.advice == Advice.NEEDS_TEMPLATE


def _once_more(delivery: Delivery, start: datetime, *, except_addresses: set[int | None]) -> Planned | None:
    """The same address, planned anew, as long as nothing the family likes better is open."""
    parcel, guardian = delivery.parcel, delivery.parcel.guardian
    if guardian is None:
        return None
    recipient = Recipient(guardian, tuple(row.student for row in parcel.about.select_related("student")))
    planned = plan_one(
        known_of(parcel.school, {guardian.pk}, on=parcel.school.local(start).date()),
        recipient,
        content_of(parcel, recipient),
        urgency=Urgency(parcel.urgency),
        start=start,
        except_addresses=except_addresses - {delivery.address_id},
    )
    return planned if planned.not_reached is None else None


def _wait(delivery: Delivery, earlier: int) -> timedelta:
    if delivery.stopped != Stopped.TRIED_ANEW:
        return timedelta()
    if delivery.channel == Channel.CALL:
        return ring_again(delivery.code, earlier)
    return timedelta(seconds=A_DAY if delivery.advice == Advice.RETRY_LATE else ceiling(earlier))
