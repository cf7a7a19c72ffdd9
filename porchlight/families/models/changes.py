"""A number or mailbox that is to take the place of another: who asked, who confirmed how, and what came of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porchlight.families.models.addresses import Channel, ContactPoint
from porchlight.families.models.people import SEES_EVERY_CHILD, Guardian, Student
from porchlight.families.models.ties import around_own_children
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import ForRolesQuerySet, KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.sealed_fields import SealedTextField
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class HowConfirmed(models.TextChoices):
    """How a colleague knows that it is they who want it. Words alone, on whatever way they came, are none of these."""

    IN_PERSON = "in_person", _("They stood before me, and I know them or saw their ID")
    BY_SLIP = "by_slip", _("A slip of paper that they handed over, or their child did")
    CALLED_BACK = "called_back", _("I rang the number we knew before, and spoke to them")


class CameBy(models.TextChoices):
    """Where the wish came from."""

    OFFICE = "office", _("written down at school")
    MESSAGE = "message", _("a message from the family")
    ROSTER = "roster", _("the school’s list")


class ContactChangeQuerySet(TenantQuerySet["ContactChange"]):
    """The business of the office, leaders and safeguarding; no family sees one, nor a colleague who is of it."""

    def standing(self) -> Self:
        """Neither in force nor refused, the oldest first."""
        return self.filter(done_at=None, refused_at=None).order_by("asked_at", "pk")

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.is_one_of(*SEES_EVERY_CHILD):
            return rows.exclude(guardian__in=around_own_children(actor))
        return rows.none()


class ContactChange(KeyedModel):
    """One wish to be reached elsewhere. Until it is in force it has changed nothing that carries words of a child."""

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="contact_changes")
    old = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # None: one more way, in nobody's place
    channel = models.CharField(max_length=20, choices=Channel)
    value = models.CharField(max_length=254)  # as `Address.value`
    is_user_id = models.BooleanField(default=False)  # `value` is a gateway's own identity: there is no number
    came_by = models.CharField(max_length=10, choices=CameBy)
    asked_at = models.DateTimeField(default=school_time.now)
    asked_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    with_care = models.BooleanField(default=False)  # stays, once anything around the child asked for care
    how = models.CharField(max_length=20, choices=HowConfirmed, blank=True)
    words = models.CharField(max_length=300, blank=True)  # what was shown, which number was rung
    confirmed_at = models.DateTimeField(null=True, blank=True)  # the first time; three days count from here
    confirmed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    point = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )  # the new way: on trial, and later in use
    told_at = models.DateTimeField(
        null=True, blank=True
    )  # the ways known before heard that something changes
    done_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)  # it was refused

    objects = ContactChangeQuerySet.as_manager()
    tiers = {"value": Tier.L2, "words": Tier.L2, "why": Tier.L2}
    children = ("guardian__ties__student",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how="", confirmed_at=None, confirmed_by=None)
                | (~Q(how="") & Q(confirmed_at__isnull=False, confirmed_by__isnull=False)),
                name="contact_change_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="contact_change_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(refused_at=None), name="contact_change_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | ~Q(how="") | Q(came_by=CameBy.ROSTER, with_care=False),
                name="contact_change_done_when_confirmed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "asked_at"],
                condition=Q(done_at=None, refused_at=None),
                name="contact_changes_standing",
            )
        ]


class CautionQuerySet(ForRolesQuerySet["Caution"]):
    """Set and lifted by safeguarding and leaders; why, is shown to safeguarding alone. Others see that it takes two."""

    roles = (Role.SAFEGUARDING, Role.LEADER)

    def standing(self) -> Self:
        """Not lifted."""
        return self.filter(lifted_at=None)


class Caution(KeyedModel):
    """Numbers of the adults around this child change only after three days and with two colleagues."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="cautions")
    why = SealedTextField()
    set_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=school_time.now)
    lifted_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = CautionQuerySet.as_manager()
    tiers = {"why": Tier.L3}
    children = ("student",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="caution_lifted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["student"], condition=Q(lifted_at=None), name="caution_stands_once"
            ),
        ]
