"""What the office does about a number or mailbox that fails, or that may be in other hands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from porchlight.activity.record import record
from porchlight.delivery.addressing import as_address
from porchlight.families.models import Address, AddressState, Consent, ContactPoint
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

INSTEAD = "given to the office in place of another"  # Consent.source


class SameAddress(ValueError):
    """What was written is the number or mailbox that stands there already."""


@transaction.atomic
def confirm(address: Address, *, by: Actor, now: datetime) -> Address:
    """Somebody asked them: it works and is theirs. Whoever writes from it next is known by it again."""
    if address.state == AddressState.NOTICE_ONLY and address.value:
        address.user_id = ""  # the identity that came with it before may be another person's
    address.state, address.state_reason, address.confirmed_at = AddressState.GOOD, "", now
    address.save(update_fields=["state", "state_reason", "confirmed_at", "user_id"])
    record("address.confirmed", about=address, by=by)
    return address


@transaction.atomic
def replace(address: Address, *, written: str, school: School, by: Actor, now: datetime) -> Address:
    """Everybody who used it uses the new one from now on, with the wish they had about the old one.

    Raises NotAnAddress, SameAddress.
    """
    value = as_address(address.channel, written, school.country)
    if value == address.value:
        raise SameAddress
    following, is_new = Address.objects.get_or_create(school=school, channel=address.channel, value=value)
    if not is_new and following.state != AddressState.GOOD:
        confirm(following, by=by, now=now)
    for point in _in_use(address):
        _move(point, following, by=by, now=now)
    record("address.replaced", about=address, by=by, following=following.pk)
    return following


def _move(point: ContactPoint, following: Address, *, by: Actor, now: datetime) -> None:
    point.ended_at = now
    point.save(update_fields=["ended_at"])
    fresh, is_new = ContactPoint.objects.get_or_create(
        school_id=point.school_id,
        address=following,
        guardian=point.guardian,
        student=point.student,
        staff=point.staff,
        ended_at=None,
        defaults={"rank": point.rank, "consented": point.consented and following.opted_out_at is None},
    )
    if is_new and fresh.consented:
        Consent.objects.create(
            school_id=point.school_id,
            contact_point=fresh,
            given=True,
            source=INSTEAD,
            recorded_by_id=by.post_id,
            at=now,
        )


@transaction.atomic
def take_off(address: Address, *, by: Actor, now: datetime) -> int:
    """Nobody uses it any more. Returns for how many people it was taken off."""
    count = _in_use(address).update(ended_at=now)
    if count:
        record("address.taken_off", about=address, by=by, people=count)
    return count


def _in_use(address: Address) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(address=address, ended_at=None)
