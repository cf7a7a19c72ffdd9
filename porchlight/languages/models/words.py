"""What the lists of words have in common that a school writes for itself."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, StaffMember, TenantModel, TenantQuerySet
from porchlight.toolbox import school_time


class ForAllStaff[M: TenantModel](TenantQuerySet[M]):
    """Rows that all staff may read."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind in {Kind.STAFF, Kind.SYSTEM} else rows.none()


class WrittenWord(KeyedModel):
    """One word of such a list; who wrote it, and when."""

    written_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=school_time.now)

    class Meta:
        abstract = True
