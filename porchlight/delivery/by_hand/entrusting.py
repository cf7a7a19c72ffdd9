"""Who may see families' numbers to text or ring them by hand: the office and leaders, and whom they named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from porchlight.activity.record import record
from porchlight.delivery.models import Entrusted
from porchlight.delivery.models.by_hand import SEES_NUMBERS
from porchlight.schools.actors import Actor
from porchlight.schools.models import StaffMember

ENTRUSTED = "sees families' numbers"  # of Actor.known


def sees_numbers(actor: Actor) -> bool:
    """Whether this colleague may carry words to a family's own number."""
    if actor.is_one_of(*SEES_NUMBERS):
        return True
    if not actor.is_staff:
        return False
    if ENTRUSTED not in actor.known:
        actor.known[ENTRUSTED] = entrusted(actor).exists()
    return actor.known[ENTRUSTED]


def entrusted(actor: Actor) -> QuerySet[Entrusted]:
    """That somebody named them; what the bar of places wants to know of a colleague is asked with it at once."""
    return Entrusted.objects.visible_to(actor).standing()


@transaction.atomic
def entrust(*, staff: Collection[StaffMember], by: Actor, now: datetime) -> None:
    """These colleagues may from now on, and nobody else whom somebody named before."""
    if by.post_id is None or not by.is_one_of(*SEES_NUMBERS):
        raise PermissionDenied("The office or a leader entrusts, by name.")
    named = {person.pk for person in staff}
    standing = Entrusted.objects.visible_to(by).standing().select_for_update()
    before = {row.staff_id: row for row in standing}
    for staff_id, row in before.items():
        if staff_id not in named:
            row.ended_at = now
            row.save(update_fields=["ended_at"])
            record("numbers.no_longer_entrusted", about=row, by=by, to=staff_id)
    for person in staff:
        if person.pk not in before:
            row = Entrusted.objects.create(school_id=by.school_id, staff=person, by_id=by.post_id, at=now)
            record("numbers.entrusted", about=row, by=by, to=person.pk)
