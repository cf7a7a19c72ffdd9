"""The pieces of a season's days that families choose among: "Thursday, half past three to half past five"."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from porchlight.meetings.models.rounds import Round, RoundDay
from porchlight.schools.models import SeenWithQuerySet, TenantModel


class WindowQuerySet(SeenWithQuerySet["RoundWindow"]):
    """Seen by whoever sees the season."""

    seen_with = "round"


class RoundWindow(TenantModel):
    """One piece. `number` is its digit in every question that was put: it never changes once families are asked."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="windows")
    day = models.ForeignKey(RoundDay, on_delete=models.CASCADE, related_name="windows")
    number = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    objects = WindowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="round_window_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="round_window_has_hours"),
        ]
