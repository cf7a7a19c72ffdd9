"""What the lists of words have in common that a school writes for itself."""

from __future__ import annotations

from django.db import models

from porchlight.schools.models import AtWorkQuerySet, KeyedModel, StaffMember, TenantModel
from porchlight.toolbox import school_time


class ForAllStaff[M: TenantModel](AtWorkQuerySet[M]):
    """Rows that all staff may read."""


class WrittenWord(KeyedModel):
    """One word of such a list; who wrote it, and when."""

    written_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=school_time.now)

    class Meta:
        abstract = True
