"""What the office does about a number or mailbox that fails, or that may be in other hands."""

from __future__ import annotations

import contextlib
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from porchlight.activity.record import record
from porchlight.delivery import addressing
from porchlight.delivery.addressing import as_address
from porchlight.delivery.changing.actions import SameAddress, ask
from porchlight.families.models import (
    Address,
    ContactChange,
    ContactPoint,
    around_own_children,
)
from porchlight.schools.actors import Actor
from porchlight.schools.models import School


def to_mend(actor: Actor) -> QuerySet[Address]:
    """But not those of a colleague's own family: another colleague mends them."""
    theirs = ContactPoint.objects.filter(guardian__in=around_own_children(actor), ended_at=None)
    return Address.objects.visible_to(actor).exclude(pk__in=theirs.values("address"))


@transaction.atomic
def confirm(address: Address, *, by: Actor, now: datetime) -> Address:
    """Somebody asked them: it works and is theirs. Whoever writes from it next is known by it again."""
    addressing.confirm(address, now=now)
    record("address.confirmed", about=address, by=by)
    return address


@transaction.atomic
def ask_instead(
    address: Address, *, written: str, school: School, by: Actor, now: datetime
) -> list[ContactChange]:
    """A wish for each adult who used it, which a colleague has still to confirm; a colleague's or a student's own
    address is changed at once. Raises NotAnAddress, SameAddress.
    """
    value = as_address(address.channel, written, school.country)
    if value == address.value:
        raise SameAddress
    changes = []
    for point in _in_use(address).select_related("guardian__school"):
        if point.guardian is None:
            _move(point, value, by=by, now=now)
            continue
        with contextlib.suppress(SameAddress):  # reached there already, besides
            changes.append(
                ask(
                    guardian=point.guardian, channel=address.channel, written=value, by=by, now=now, old=point
                )
            )
    return changes


def _move(point: ContactPoint, value: str, *, by: Actor, now: datetime) -> None:
    """For somebody who works or learns here."""
    following, _made = Address.objects.get_or_create(
        school_id=point.school_id, channel=point.address.channel, value=value
    )
    point.ended_at = now
    point.save(update_fields=["ended_at"])
    ContactPoint.objects.get_or_create(
        school_id=point.school_id,
        address=following,
        student=point.student,
        staff=point.staff,
        ended_at=None,
        defaults={"rank": point.rank, "consented": point.consented and following.opted_out_at is None},
    )
    record("address.replaced", about=point.address, by=by, following=following.pk)


@transaction.atomic
def take_off(address: Address, *, by: Actor, now: datetime) -> int:
    """Nobody uses it any more. Returns for how many people it was taken off."""
    count = _in_use(address).update(ended_at=now)
    if count:
        record("address.taken_off", about=address, by=by, people=count)
    return count


def _in_use(address: Address) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(address=address, ended_at=None)
