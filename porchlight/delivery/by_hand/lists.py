"""What may be carried now: due, and through the same last check that a worker makes before the wire."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from porchlight.delivery.gateways.by_hand import CallList, Letters
from porchlight.delivery.models import Delivery, ParcelStudent
from porchlight.delivery.outbox.checking import check
from porchlight.delivery.quiet import hour_to_ring
from porchlight.families.models import own_children
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

A_PAGEFUL = 50
IN_HAND = timedelta(
    minutes=1
)  # what is held so that it can be taken back is as good as due: a hand is slower


@dataclass(frozen=True, slots=True)
class Ready:
    """What may go now, and how many more of the same wait for their hour, or behind these."""

    rows: Sequence[Delivery]
    later: int


def not_ones_own(rows: QuerySet[Delivery], actor: Actor) -> QuerySet[Delivery]:
    """Without what goes to the adults of a colleague's own child: another colleague carries that."""
    about = ParcelStudent.objects.in_school(actor.school_id).filter(student__in=own_children(actor))
    return rows.exclude(parcel__in=about.values("parcel"))


def waiting(actor: Actor, gateways: Collection[str]) -> QuerySet[Delivery]:
    """Everything these ways still have to carry, urgent first, as far as this actor may see it.

    Also what waits on one that was closed since, and has no other way: closing it loses nothing.
    """
    rows = Delivery.objects.visible_to(actor).waiting().filter(account__gateway__in=gateways)
    return not_ones_own(rows, actor).order_by("priority", "due_at", "pk")


def ready(
    *,
    school: School,
    actor: Actor,
    gateways: Collection[str],
    now: datetime,
    most: int = A_PAGEFUL,
    among: Collection[int] | None = None,
) -> Ready:
    """The first `most` that may go now; of these ids alone, where some are given."""
    rows = waiting(actor, gateways)
    if among is not None:
        rows = rows.filter(pk__in=among)
    due = list(
        rows.filter(due_at__lte=now + IN_HAND)
        .select_related("parcel__guardian", "account", "address")
        .prefetch_related("parcel__about__student")[: most * 2]
    )
    allowed = may_go(school, due, now)
    shown = [row for row in due if row.pk in allowed][:most]
    return Ready(shown, rows.count() - len(shown))


def may_go(school: School, rows: Collection[Delivery], now: datetime) -> set[int]:
    """Ids of those that nothing holds back at this moment."""
    return {
        pk for pk, (obstacle, waits) in obstacles(school, rows, now).items() if not obstacle and not waits
    }


def obstacles(
    school: School, rows: Collection[Delivery], now: datetime
) -> dict[int, tuple[str, datetime | None]]:
    """By id: the last check's obstacle, and the hour it has to wait for."""
    by_id = {row.pk: row for row in rows}
    found = {}
    for checked, waits in check(school.pk, sorted(by_id), now) if by_id else []:
        row = by_id[checked.id]
        if row.account.gateway == CallList.name and row.parcel.urgency == "ordinary":
            guardian = row.parcel.guardian
            at = hour_to_ring(now, guardian=guardian, school=school) if guardian is not None else now
            waits = at if at > now else None  # the hours they may be rung, instead of quiet ones
        elif row.account.gateway == Letters.name:
            waits = None  # it wakes nobody
        found[row.pk] = (checked.obstacle, waits)
    return found
