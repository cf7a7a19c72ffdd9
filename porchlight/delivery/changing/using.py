"""The new way itself: on trial it gets words for anybody; in force it takes the place of the old one."""

from __future__ import annotations

from datetime import datetime

from porchlight.families.models import Address, Channel, Consent, ContactChange, ContactPoint
from porchlight.schools.actors import Actor

INSTEAD = "given to the office in place of another"  # Consent.source


def on_trial(change: ContactChange, *, by: Actor, now: datetime) -> ContactPoint:
    """A way beside those they have, that nothing of a child's goes on."""
    return _point(change, by=by, now=now, on_trial=True)


def put_in_force(change: ContactChange, *, by: Actor, now: datetime) -> ContactPoint:
    """Theirs from now on; the one it replaces ends."""
    point = change.point or _point(change, by=by, now=now, on_trial=False)
    point.on_trial = False
    point.save(update_fields=["on_trial"])
    point.address.confirm(now)
    old = change.old
    if old is not None and old.ended_at is None and old.pk != point.pk:
        old.ended_at = now
        old.save(update_fields=["ended_at"])
    change.point = point
    return point


def end_trial(change: ContactChange, *, now: datetime) -> None:
    """It was not to be."""
    if change.point is not None and change.point.on_trial:
        change.point.ended_at = now
        change.point.save(update_fields=["ended_at"])


def _point(change: ContactChange, *, by: Actor, now: datetime, on_trial: bool) -> ContactPoint:
    """With the wish they had about the old one; a new address that said stop keeps its word."""
    known_by = {"user_id" if change.is_user_id else "value": change.value}
    address, _made = Address.objects.get_or_create(
        school_id=change.school_id, channel=change.channel, **known_by, defaults={"created_at": now}
    )
    old = change.old
    agreed = old.consented if old is not None else _agreed_anywhere(change)
    agreed = (
        agreed or change.channel == Channel.PAPER
    )  # who says where they live, so that we write, agrees to that
    point, is_new = ContactPoint.objects.get_or_create(
        school_id=change.school_id,
        address=address,
        guardian_id=change.guardian_id,
        ended_at=None,
        defaults={
            "rank": old.rank if old is not None else _last_rank(change),
            "consented": agreed and address.opted_out_at is None,
            "on_trial": on_trial,
            "created_at": now,
        },
    )
    if is_new and point.consented:
        Consent.objects.create(
            school_id=change.school_id,
            contact_point=point,
            given=True,
            source=INSTEAD,
            recorded_by_id=by.post_id,
            at=now,
        )
    return point


def _agreed_anywhere(change: ContactChange) -> bool:
    return ContactPoint.objects.known().filter(guardian_id=change.guardian_id, consented=True).exists()


def _last_rank(change: ContactChange) -> int:
    return ContactPoint.objects.filter(guardian_id=change.guardian_id, ended_at=None).count() + 1
