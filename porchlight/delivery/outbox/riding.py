"""What rides with another delivery to the same phone follows it: as far as that one comes, or on its own from where it
may not leave. What holds for one adult alone (a restriction, a consent taken back) is asked of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from porchlight.delivery.content import Recipient
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.outbox import ladder
from porchlight.delivery.outbox.dialect import Dialect, dialect
from porchlight.delivery.planning import known_of, right_missing
from porchlight.delivery.waking import wake_on_commit
from porchlight.toolbox.statements import ask

NOBODYS_FAULT = (Stopped.DEAD, Stopped.EXPIRED, Stopped.TEMPLATE_HELD)  # as true for who rides along
TAKEN_OVER = ("status", "stopped", "code", "advice", "detail", "sent_at", "status_at", "due_at", "rides_with")


def follow(delivery_ids: Iterable[int], now: datetime) -> list[int]:
    """Those whose status grew or that were stopped take with them who rides along. Returns the ids of those that moved.

    In the school's context.
    """
    here, ids = dialect(), list(delivery_ids)
    found = [row[0] for row in ask(_riders_sql(here), {"ids": here.ids(ids)})] if ids else []
    if not found:
        return []
    rows = Delivery.objects.filter(pk__in=found).select_for_update(of=("self",)).order_by("pk")
    by_first: dict[int, list[Delivery]] = defaultdict(list)
    for rider in rows.select_related("contact_point", "parcel__guardian", "parcel__school"):
        by_first[rider.rides_with_id or 0].append(rider)
    # Read after the lock: of two workers with news of the same one, the later sees what the earlier wrote.
    firsts = Delivery.objects.in_bulk(by_first)
    moved: list[int] = []
    for pk, riders in by_first.items():
        moved += _follow_one(firsts.get(pk), riders, now)
    return moved


def _follow_one(first: Delivery | None, riders: Sequence[Delivery], now: datetime) -> list[int]:
    still_waits = first is not None and first.status == Status.QUEUED and not first.stopped
    if first is None or still_waits or first.stopped == Stopped.WITHDRAWN:
        return []
    if first.stopped == Stopped.TRIED_ANEW or first.advice == Advice.NEEDS_TEMPLATE:
        return _change_over(first, riders, now)
    if not first.stopped or first.stopped in NOBODYS_FAULT or first.status == Status.FAILED:
        return _take_over(first, riders, now)
    return _stand_alone(riders, now)


def _change_over(first: Delivery, riders: Sequence[Delivery], now: datetime) -> list[int]:
    """The first goes there once more, as a new delivery: they ride with that one. Or it does not: no more do they."""
    anew = Delivery.objects.filter(parcel=first.parcel_id, address=first.address_id, pk__gt=first.pk)
    following = anew.filter(stopped="").order_by("-pk").first()
    if following is None:
        first.status, first.stopped, first.advice = Status.FAILED, Stopped.NEXT_CHANNEL, Advice.NEXT_CHANNEL
        return _take_over(first, riders, now)
    for rider in riders:
        rider.rides_with = following
        rider.save(update_fields=["rides_with"])
    return []


def _take_over(first: Delivery, riders: Sequence[Delivery], now: datetime) -> list[int]:
    """It came as far for them; unless they may not be told any more, or their way was taken back meanwhile."""
    refused = first.status == Status.FAILED and first.stopped not in NOBODYS_FAULT
    for rider in riders:
        obstacle = _obstacle(rider, now) if rider.stopped == Stopped.TOGETHER else ""
        if obstacle:
            rider.stopped, rider.rides_with, rider.status_at = obstacle, None, now
        else:
            rider.status, rider.stopped = max(rider.status, first.status), first.stopped
            rider.code, rider.advice, rider.detail = first.code, first.advice, first.detail
            rider.sent_at, rider.status_at = first.sent_at, first.status_at
            if rider.stopped in NOBODYS_FAULT:  # one dead letter is enough: it goes again with that one
                rider.stopped = Stopped.TOGETHER
            elif refused:
                rider.rides_with = None
        rider.save(update_fields=TAKEN_OVER)
    if refused:  # each has other ways of their own
        ladder.follow_up([rider.pk for rider in riders], now)
    return [rider.pk for rider in riders]


def _stand_alone(riders: Sequence[Delivery], now: datetime) -> list[int]:
    """The first may not leave, for a reason of its own adult's: the next one goes, and the others with that."""
    waiting = [rider for rider in riders if rider.stopped == Stopped.TOGETHER and not rider.sent_at]
    for place, rider in enumerate(waiting):
        rider.rides_with = waiting[0] if place else None
        rider.stopped = Stopped.TOGETHER if place else ""
        rider.due_at = max(rider.due_at, now)
        rider.save(update_fields=TAKEN_OVER)
    wake_on_commit(waiting[:1])
    return []


def _obstacle(rider: Delivery, now: datetime) -> str:
    """Why this adult may not have it, asked at the moment it left for the other."""
    point, guardian = rider.contact_point, rider.parcel.guardian
    if point is None or point.ended_at is not None or guardian is None or guardian.left_at is not None:
        return Stopped.ENDED
    if not point.consented:
        return Stopped.NO_CONSENT
    school = rider.parcel.school
    students = tuple(row.student for row in rider.parcel.about.select_related("student"))
    known = known_of(school, {guardian.pk}, on=school.local(now).date())
    return Stopped.RESTRICTED if right_missing(known, Recipient(guardian, students)) else ""


@cache
def _riders_sql(here: Dialect) -> str:
    return f"SELECT id FROM delivery_delivery WHERE rides_with_id IS NOT NULL AND rides_with_id {here.in_ids}"
