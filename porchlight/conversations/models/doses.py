"""How often a family wants to hear from school, and what waits for their hour."""

from __future__ import annotations

from datetime import datetime, time
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.conversations.models.threads import Message
from porchlight.delivery.dose import EVERY_DAY, MOST, Dose
from porchlight.families.models import Guardian
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import SeenWithQuerySet, TenantModel, TenantQuerySet
from porchlight.toolbox import school_time


class ChosenDoseQuerySet(TenantQuerySet["ChosenDose"]):
    """One for each adult who chose."""

    def visible_to(self, actor: Actor) -> Self:
        """Their own; staff see it with the guardian."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.kind is Kind.GUARDIAN or actor.is_staff:
            return rows.filter(guardian__in=Guardian.objects.visible_to(actor))
        return rows.none()


class ChosenDose(TenantModel):
    """What one adult chose. Without a row: at most three touches a week, each at once while there is room."""

    guardian = models.OneToOneField(Guardian, on_delete=models.CASCADE, related_name="dose")
    most = models.PositiveSmallIntegerField(default=MOST)  # touches in any seven days
    hour = models.TimeField(default=time(17))  # on their clock
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)  # Monday is 0
    chosen_at = models.DateTimeField(default=school_time.now)

    objects = ChosenDoseQuerySet.as_manager()
    children = ("guardian__ties__student",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(most__gte=1, most__lte=EVERY_DAY), name="dose_of_a_week")
        ]

    def as_dose(self) -> Dose:
        """As the rule reads it: whoever chose gets everything at their hour."""
        return Dose(most=self.most, hour=self.hour, gathers=True, weekday=self.weekday)


class GatheredQuerySet(SeenWithQuerySet["Gathered"]):
    """What waits for an hour."""

    seen_with = "message"

    def waiting(self) -> Self:
        """Not gone, and still meant to: nothing of it was taken back."""
        return self.filter(
            gone_at=None,
            message__undone_at=None,
            message__notice__undone_at=None,
            message__notice__stopped_at=None,
        )

    def visible_to(self, actor: Actor) -> Self:
        """With its message. Other systems are told of messages, and not of what waits for an hour."""
        return self.none() if actor.kind is Kind.TOKEN else super().visible_to(actor)

    def due(self, now: datetime) -> Self:
        """Whose hour has come."""
        return self.waiting().filter(goes_at__lte=now)


class Gathered(TenantModel):
    """A notice in a thread that goes home with others at the family's hour. On their page it stands at once."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="gathered")
    goes_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = GatheredQuerySet.as_manager()
    children = ("message__thread__student",)

    class Meta:
        indexes = [
            models.Index(fields=["school", "goes_at"], condition=Q(gone_at=None), name="gathered_waiting")
        ]
