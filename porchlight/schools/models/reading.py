"""When colleagues read what homes write, and who reads it while one of them is away."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models.staff import StaffMember
from porchlight.schools.models.tenants import KeyedModel, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class ReadingHoursQuerySet(TenantQuerySet["ReadingHours"]):
    """One's own: what a colleague chose is nobody's to go through."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        return rows.filter(staff_id=actor.post_id) if actor.is_staff and actor.post_id else rows.none()


class ReadingHours(TenantModel):
    """The hours one colleague chose, on the school's clock. Without a row the school's usual ones hold."""

    staff = models.OneToOneField(StaffMember, on_delete=models.CASCADE, related_name="reading_hours")
    weekdays = models.JSONField(default=list)  # of the school days; Monday is 0
    reads_from = models.TimeField()
    reads_until = models.TimeField()

    objects = ReadingHoursQuerySet.as_manager()
    tiers = {"weekdays": Tier.L1}
    of_the_school = frozenset({"weekdays"})  # a colleague's, at work

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reads_until__gt=models.F("reads_from")), name="reading_ends_after_start"
            )
        ]


class AwayQuerySet(TenantQuerySet["Away"]):
    """Colleagues see who of their school is away and who answers meanwhile."""

    def standing(self) -> Self:
        """Not called off."""
        return self.filter(ended_at=None)

    def on(self, day: date) -> Self:
        """In force on a day."""
        return self.standing().filter(since__lte=day, until__gte=day)

    def covered_by(self, staff_id: int, *, on: date) -> Self:
        """Those whose homes this colleague answers on a day. Who has left lends nothing, and is lent nothing."""
        rows = self.on(on).filter(colleague_id=staff_id, staff__left_at=None)
        return rows.filter(colleague__left_at=None, colleague__rests_since=None)

    def visible_to(self, actor: Actor) -> Self:
        """Those it concerns; who leads the school and its office, since they see to it that somebody answers."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(Role.LEADER, Role.OFFICE):
            return rows
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        return rows.filter(Q(staff_id=actor.post_id) | Q(colleague_id=actor.post_id))


class Away(KeyedModel):
    """A colleague reads nothing from one day to another, both included; with `colleague`, that one answers.

    For these days the colleague sees the threads of the other's children, in everyday words only; it ends by itself.
    """

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="away")
    colleague = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.CASCADE, related_name="covers"
    )
    since = models.DateField()
    until = models.DateField()
    said_at = models.DateTimeField(default=school_time.now)
    ended_at = models.DateTimeField(null=True, blank=True)  # called off before its last day

    objects = AwayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="away_ends_after_start"),
            models.CheckConstraint(
                condition=Q(colleague=None) | ~Q(colleague=models.F("staff")), name="away_covered_by_another"
            ),
            models.UniqueConstraint(fields=["staff"], condition=Q(ended_at=None), name="away_once"),
        ]
