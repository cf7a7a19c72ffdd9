"""The people at one home: the porch."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.families.models.people import SEES_EVERY_CHILD, Guardian, Student, in_force
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class HouseholdQuerySet(TenantQuerySet["Household"]):
    """Homes. Families never see one another's, nor that there is another."""

    def of_students(self, students: models.QuerySet[Student], *, on: date) -> Self:
        """Homes where any of these children lives, or that an adult caring for one of them keeps."""
        members = HouseholdMembership.objects.filter(in_force(on))
        ties = Guardian.objects.filter(ties__student__in=students).values("pk")
        return self.filter(
            pk__in=members.filter(Q(student__in=students) | Q(guardian__in=ties)).values("household")
        )

    def visible_to(self, actor: Actor) -> Self:
        rows, today = super().visible_to(actor), school_time.now().date()
        if actor.kind is Kind.SYSTEM or actor.is_one_of(*SEES_EVERY_CHILD):
            return rows
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            mine = HouseholdMembership.objects.filter(in_force(today), guardian_id=actor.post_id)
            return rows.filter(pk__in=mine.values("household"))
        if actor.is_staff:
            return rows.of_students(Student.objects.visible_to(actor), on=today)
        return rows.none()


class Household(KeyedModel):
    """One home. Two guardians share one only if the sheet, the office or they themselves say so."""

    label = models.CharField(max_length=200)  # for staff: "Yousaf family"
    source_id = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=school_time.now)

    objects = HouseholdQuerySet.as_manager()
    tiers = {"label": Tier.L1}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "source_id"], condition=~Q(source_id=""), name="household_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.label


class HouseholdMembership(TenantModel):
    """A child or an adult lives at a home for a time; a child of two homes has two."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    student = models.ForeignKey(
        Student, null=True, blank=True, on_delete=models.CASCADE, related_name="homes"
    )
    guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.CASCADE, related_name="homes"
    )
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(student=None, guardian__isnull=False) | Q(student__isnull=False, guardian=None),
                name="membership_of_one_person",
            ),
            models.UniqueConstraint(
                fields=["household", "student"], condition=Q(until=None), name="student_at_home_once"
            ),
            models.UniqueConstraint(
                fields=["household", "guardian"], condition=Q(until=None), name="guardian_at_home_once"
            ),
        ]
