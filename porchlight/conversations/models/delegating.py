"""A mother names an aunt: another adult gets the school's routine words about a child, on a guardian's word."""

from __future__ import annotations

import enum
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from porchlight.conversations.models.sharing import Sharing
from porchlight.families.models import Channel, Guardian, Guardianship, Relation, Student, own_children
from porchlight.families.models.people import SEES_EVERY_CHILD
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class Stage(enum.StrEnum):
    """How far it has come."""

    OFFICE = "office"  # a colleague has to look first
    ASKED = "asked"  # she has not said yes; she gets nothing
    HOLDS = "holds"
    OVER = "over"


class AgreedHow(models.TextChoices):
    """How we know that the adult named wants it."""

    REPLY = "reply"
    OFFICE = "office"  # they told a colleague


class EndedBy(models.TextChoices):
    """Who ended it."""

    NAMER = "namer"
    ADULT = "adult"  # said no
    OFFICE = "office"
    TIME = "time"


class DelegationQuerySet(TenantQuerySet["Delegation"]):
    """A guardian sees whom they named; who shares a thread with them, those who get its words. The office sees all."""

    def standing(self) -> Self:
        """Not ended."""
        return self.filter(ended_at=None)

    def for_the_office(self) -> Self:
        """A colleague has to look before anybody is asked; the oldest first."""
        return self.standing().filter(needs_office=True, confirmed_at=None).order_by("asked_at", "pk")

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.is_one_of(*SEES_EVERY_CHILD):
            at_home = DelegatedChild.objects.filter(student__in=own_children(actor))
            return rows.exclude(pk__in=at_home.values("delegation"))
        if actor.kind is Kind.GUARDIAN and actor.post_id:
            held = Sharing.objects.held_with(actor.post_id, on=school_time.now().date())
            theirs = held.filter(
                thread__guardian=OuterRef("named_by"), thread__student__delegated__delegation=OuterRef("pk")
            )
            shared = Q(Exists(theirs), agreed_at__isnull=False, ended_at=None)
            return rows.filter(Q(named_by_id=actor.post_id) | shared)
        return rows.none()


class Delegation(KeyedModel):
    """One adult named by a guardian. It comes to something once they have said yes themselves."""

    named_by = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="delegations")
    adult = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.SET_NULL, related_name="named_in"
    )  # known once they may be asked
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=20, choices=Relation)
    channel = models.CharField(max_length=20, choices=Channel)
    value = models.CharField(max_length=254)  # as `Address.value`
    reads = models.CharField(max_length=20)  # the tag they are written to in
    until = models.DateField(null=True, blank=True)  # the last day
    asked_at = models.DateTimeField(default=school_time.now)
    asked_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # typed in for a caller
    words = models.CharField(max_length=300, blank=True)  # how that colleague knows
    needs_office = models.BooleanField(default=False)  # stays: why, is told to nobody
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_how = models.CharField(max_length=10, choices=AgreedHow, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=10, choices=EndedBy, blank=True)
    why = models.CharField(max_length=300, blank=True)  # the office ended it

    objects = DelegationQuerySet.as_manager()
    tiers = {"name": Tier.L1, "value": Tier.L2, "words": Tier.L2, "why": Tier.L2}
    children = ("about__student",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="delegation_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_how="") | (Q(agreed_at__isnull=False) & ~Q(agreed_how="")),
                name="delegation_agreed_somehow",
            ),
            models.CheckConstraint(
                condition=Q(needs_office=False) | Q(confirmed_at__isnull=False) | Q(agreed_at=None),
                name="delegation_looked_at_first",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="delegation_ended_by_somebody",
            ),
        ]

    def stage(self, on: date) -> Stage:
        """Where it stands on a day."""
        if self.ended_at is not None or (self.until is not None and self.until < on):
            return Stage.OVER
        if self.needs_office and self.confirmed_at is None:
            return Stage.OFFICE
        return Stage.ASKED if self.agreed_at is None else Stage.HOLDS


class DelegatedChild(TenantModel):
    """A child it is about, and the tie that was lent for it."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="about")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="delegated")
    tie = models.ForeignKey(
        Guardianship, null=True, blank=True, on_delete=models.SET_NULL, related_name="delegated"
    )

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delegation", "student"], name="delegated_child_once")]
