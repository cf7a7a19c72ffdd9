"""The pieces of a season's days that families choose among: "Thursday, half past three to half past five"."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from porchlight.meetings.models.rounds import Round, RoundDay
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import TenantModel, TenantQuerySet


class WindowQuerySet(TenantQuerySet["RoundWindow"]):
    """Seen by whoever sees the season."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind is Kind.SYSTEM else rows.filter(round__in=Round.objects.visible_to(actor))


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
