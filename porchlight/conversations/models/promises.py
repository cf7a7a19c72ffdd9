"""How often a school answered in time, as its families are told."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import TenantModel, TenantQuerySet
from porchlight.toolbox import school_time


class PromiseKeptQuerySet(TenantQuerySet["PromiseKept"]):
    """It is there to be told to the school's families; other systems have the words it counts."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind in {Kind.STAFF, Kind.GUARDIAN, Kind.SYSTEM} else rows.none()


class PromiseKept(TenantModel):
    """One row a school, counted once a day: of so many answers since a day, so many came in time."""

    since = models.DateTimeField()
    counted_at = models.DateTimeField(default=school_time.now)
    kept = models.PositiveIntegerField()
    asked = models.PositiveIntegerField()

    objects = PromiseKeptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school"], name="promise_kept_once"),
            models.CheckConstraint(
                condition=models.Q(kept__lte=models.F("asked")), name="promise_kept_of_asked"
            ),
        ]
