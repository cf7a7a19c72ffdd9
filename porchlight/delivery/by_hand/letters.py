"""Letters on their way: printed, handed out or posted, come back, or answered by the slip at their foot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from porchlight.delivery.by_hand.carrying import CarriedAlready, MayNotGo, carried, take_back
from porchlight.delivery.by_hand.lists import not_ones_own, waiting
from porchlight.delivery.gateways.by_hand import Letters
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.inbox.listeners import tell_status
from porchlight.delivery.models import CameOf, Delivery, Handing
from porchlight.schools.actors import Actor
from porchlight.schools.models import StaffMember

OUT_FOR = timedelta(days=30)  # what is out longer neither comes back nor is looked for
RUNS = 20


@dataclass(frozen=True, slots=True)
class Run:
    """What one colleague printed at one time and nobody has taken away yet."""

    key: int  # the first of its handings
    by: StaffMember
    at: datetime
    rows: Sequence[Delivery]


def to_print(actor: Actor) -> QuerySet[Delivery]:
    """Letters nobody has printed yet."""
    return waiting(actor, [Letters.name]).filter(~Exists(_printed()))


def runs(actor: Actor, *, key: int | None = None) -> list[Run]:
    """What is printed and still here, the newest first; `key`: that one alone."""
    here = waiting(actor, [Letters.name]).values("pk")
    handings = Handing.objects.visible_to(actor).standing().filter(came_of=CameOf.PRINTED, delivery__in=here)
    found: dict[tuple[int, datetime], list[Handing]] = {}
    latest: dict[int, Handing] = {}
    for one in handings.select_related("by", "delivery__parcel__guardian", "delivery__account").order_by(
        "pk"
    ):
        latest[one.delivery_id] = one  # printed again, it lies with the later print
    for one in latest.values():
        found.setdefault((one.by_id, one.at), []).append(one)
    made = [
        Run(rows[0].pk, rows[0].by, rows[0].at, [one.delivery for one in rows]) for rows in found.values()
    ]
    made.sort(key=lambda run: run.at, reverse=True)
    return [run for run in made if key in (None, run.key)][:RUNS]


def out(actor: Actor, now: datetime) -> QuerySet[Delivery]:
    """Letters that left and may still come back."""
    rows = Delivery.objects.visible_to(actor).filter(account__gateway=Letters.name, stopped="")
    rows = rows.filter(status=Status.SENT, sent_at__gt=now - OUT_FOR)
    return not_ones_own(rows, actor).order_by("-sent_at", "pk")


def mark(rows: Iterable[Delivery], *, came_of: CameOf, by: Actor, now: datetime) -> tuple[int, int]:
    """Write the same of all of them. Returns of how many it is true now, and how many may not go or were done."""
    done, held = 0, 0
    for row in rows:
        try:
            carried(row, came_of=came_of, by=by, now=now)
            done += 1
        except (MayNotGo, CarriedAlready):
            held += 1
    return done, held


def not_printed(run: Run, *, by: Actor, now: datetime) -> int:
    """The paper jammed: they are to be printed again. Returns how many."""
    return sum(take_back(one, by=by, now=now) for one in _last(run.rows))


def not_handed_out(rows: Collection[Delivery], *, by: Actor, now: datetime) -> int:
    """They lie here still. Returns how many."""
    return sum(take_back(one, by=by, now=now) for one in _last(rows) if one.came_of == CameOf.HANDED_OUT)


def has_come(delivery: Delivery, now: datetime) -> None:
    """Its slip came back filled in, so it arrived, whatever was written down of it."""
    rows = Delivery.objects.filter(pk=delivery.pk, stopped="", status__lt=Status.DELIVERED)
    if rows.update(status=Status.DELIVERED, status_at=now, sent_at=Coalesce(F("sent_at"), now)):
        tell_status(delivery.school_id, [delivery.pk])


def _printed() -> QuerySet[Handing]:
    return Handing.objects.standing().filter(delivery=OuterRef("pk"), came_of=CameOf.PRINTED)


def _last(rows: Iterable[Delivery]) -> list[Handing]:
    ids = [row.pk for row in rows]
    standing = Handing.objects.standing().filter(delivery__in=ids).select_related("delivery").order_by("pk")
    return list({one.delivery_id: one for one in standing}.values())
