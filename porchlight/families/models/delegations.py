"""A guardian asks that somebody else hears too, or may collect: an aunt, for a time. The school says yes."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.families.models.addresses import Channel
from porchlight.families.models.people import SEES_EVERY_CHILD
from porchlight.families.models.ties import Guardianship, Relation
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class DelegationQuerySet(TenantQuerySet["Delegation"]):
    """Whoever asked sees their own; the office, leaders and safeguarding see all."""

    def waiting(self) -> Self:
        """The school has not said yes or no, and it was not taken back; the oldest first."""
        rows = self.filter(confirmed_at=None, refused_at=None, taken_back_at=None)
        return rows.order_by("asked_at", "pk")

    def standing(self) -> Self:
        """Given, and not taken back."""
        return self.filter(confirmed_at__isnull=False, taken_back_at=None)

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(*SEES_EVERY_CHILD):
            return rows
        if actor.kind is Kind.GUARDIAN:
            return rows.filter(tie__guardian_id=actor.post_id)
        return rows.none()


class Delegation(KeyedModel):
    """The wish, what the school said to it, and when it was taken back."""

    tie = models.ForeignKey(Guardianship, on_delete=models.CASCADE, related_name="delegations")  # who asks
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=20, choices=Relation, default=Relation.AUNT_UNCLE)
    channel = models.CharField(max_length=20, choices=Channel)
    value = models.CharField(max_length=254)  # as `Address.value`
    reads = models.CharField(max_length=20, blank=True)  # BCP-47
    may_receive = models.BooleanField(default=True)
    may_collect = models.BooleanField(default=False)
    until = models.DateField()  # the last day
    asked_at = models.DateTimeField(default=school_time.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given = models.ForeignKey(
        Guardianship, null=True, blank=True, on_delete=models.SET_NULL, related_name="given_by"
    )  # the tie that came of it
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)  # it was refused: for colleagues
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()
    tiers = {"name": Tier.L1, "value": Tier.L2, "why": Tier.L2}
    names_somebody = ("name",)
    children = ("tie__student",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="delegation_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(refused_at=None), name="delegation_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(may_receive=True) | Q(may_collect=True), name="delegation_gives_something"
            ),
        ]
