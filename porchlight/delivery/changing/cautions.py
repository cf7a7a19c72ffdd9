"""Somebody who may know why asks for care around a child's adults; and says when it is over."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.families.models import Caution, Guardian, Student
from porchlight.schools.actors import Actor


@transaction.atomic
def ask_for_care(guardian: Guardian, *, why: str, by: Actor, now: datetime) -> list[Caution]:
    """For every child this adult cares for, where it does not stand yet."""
    if by.post_id is None:
        raise PermissionDenied("Care is asked for by a colleague.")
    standing = Caution.objects.standing().filter(student__ties__guardian=guardian)
    children = Student.objects.in_school(guardian.school_id).filter(ties__guardian=guardian).distinct()
    made = []
    for child in children.exclude(pk__in=standing.values("student")):
        made.append(
            Caution.objects.create(
                school_id=guardian.school_id, student=child, why=why, set_by_id=by.post_id, set_at=now
            )
        )
        record("caution.set", about=made[-1], by=by)
    return made


@transaction.atomic
def lift(guardian: Guardian, *, by: Actor, now: datetime) -> int:
    """Over for these children. Returns how many stood."""
    standing = Caution.objects.standing().filter(student__ties__guardian=guardian).distinct()
    rows = list(standing)
    for row in rows:
        row.lifted_at, row.lifted_by_id = now, by.post_id
        row.save(update_fields=["lifted_at", "lifted_by"])
        record("caution.lifted", about=row, by=by)
    return len(rows)
