"""Calls that families asked for: each time somebody rang back, and what came of it."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.conversations.models.triage import TriageItem
from porchlight.delivery.models import CameOf
from porchlight.schools.models import SeenWithQuerySet, StaffMember, TenantModel
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class RingingQuerySet(SeenWithQuerySet["Ringing"]):
    """Seen with what it is about."""

    seen_with = "item"

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(undone_at=None)


class Ringing(TenantModel):
    """One time that somebody rang a family who had asked for it."""

    item = models.ForeignKey(TriageItem, on_delete=models.CASCADE, related_name="ringings")
    by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    came_of = models.CharField(max_length=20, choices=CameOf)
    words = models.CharField(max_length=300, blank=True)  # one line
    again_at = models.DateTimeField(null=True, blank=True)  # when to ring again
    at = models.DateTimeField(default=school_time.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = RingingQuerySet.as_manager()
    tiers = {"words": Tier.L2}
