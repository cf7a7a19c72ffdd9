"""Keeping an adult from a child: set on evidence by those who may, looked at before it holds, lifted with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.actions import withdraw
from porchlight.delivery.models import Delivery, Parcel
from porchlight.families.models import Guardianship, Restriction, RestrictionScope
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed


@dataclass(frozen=True, slots=True)
class Effect:
    """What it would come to: numbers of deliveries to this adult about this child."""

    waiting: int  # they stay here
    leaving: int  # on the wire this moment: nobody can call them back


def effect_of(tie: Guardianship) -> Effect:
    """Of a restriction on contact that begins today."""
    theirs = Delivery.objects.in_school(tie.school_id).filter(parcel__in=_parcels(tie))
    waiting = theirs.waiting()
    return Effect(waiting.filter(lease_until=None).count(), waiting.filter(lease_until__isnull=False).count())


@transaction.atomic
def restrict(
    tie: Guardianship,
    *,
    scope: str,
    evidence: str,
    since: date | None,
    until: date | None,
    by: Actor,
    now: datetime,
) -> Restriction:
    """It holds from its first day; what waits to leave is taken back at once where it holds today."""
    made = Restriction.objects.create(
        school_id=tie.school_id,
        guardianship=tie,
        scope=scope,
        evidence=evidence,
        since=since,
        until=until,
        set_by_id=_colleague(by),
        set_at=now,
    )
    record("restriction.set", about=made, by=by, scope=scope)
    today = tie.school.local(now).date()
    if scope == RestrictionScope.CONTACT and (since is None or since <= today):
        withdraw(_parcels(tie))
    changed(tie.school_id, Topic.TALK)
    return made


@transaction.atomic
def lift(restriction: Restriction, *, why: str, by: Actor, now: datetime) -> bool:
    """Over. Why, stands sealed beside the evidence. Returns whether it stood."""
    row = Restriction.objects.select_for_update().get(pk=restriction.pk)
    if row.lifted_at is not None:
        return False
    _colleague(by)
    row.lifted_at, row.evidence = now, f"{row.evidence}\n\n{now:%Y-%m-%d}: {why}"
    row.save(update_fields=["lifted_at", "evidence"])
    record("restriction.lifted", about=row, by=by, scope=row.scope)
    changed(row.school_id, Topic.TALK)
    return True


def _parcels(tie: Guardianship) -> list[Parcel]:
    rows = Parcel.objects.in_school(tie.school_id).filter(
        guardian=tie.guardian_id, about__student=tie.student_id, withdrawn_at=None
    )
    return list(rows.filter(deliveries__in=Delivery.objects.waiting()).distinct())


def _colleague(by: Actor) -> int:
    if not by.is_staff or by.post_id is None or by.grant_id is not None:
        raise PermissionDenied("A restriction is set and lifted by a colleague.")
    return by.post_id
