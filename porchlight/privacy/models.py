"""What families asked for, what must not go, how long each sort is kept here, and what time has taken away."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.families.models import Guardian, Student, around_own_children, own_children
from porchlight.schools.actors import KEEPERS, Actor, Kind, Role
from porchlight.schools.models import ForRolesQuerySet, KeyedModel, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.sealed_fields import SealedTextField
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.kept import Limit

ONE_PERSON = Q(student__isnull=False, guardian=None) | Q(student=None, guardian__isnull=False)


class RequestKind(models.TextChoices):
    """What somebody may ask of the school about what it keeps of them."""

    COPY = "copy"
    ERASURE = "erasure"


class Outcome(models.TextChoices):
    """What came of it."""

    GIVEN = "given"
    ERASED = "erased"
    REFUSED = "refused"


class RequestQuerySet(TenantQuerySet["Request"]):
    """Leaders and the office answer them; safeguarding looks at what might do harm; who asked sees their own.

    Those of one's own family another colleague answers.
    """

    def open(self) -> Self:
        """Not answered yet, the most pressing first."""
        return self.filter(answered_at=None).order_by("due_on", "pk")

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if actor.is_one_of(*KEEPERS, Role.SAFEGUARDING):
            around = around_own_children(actor)
            rows = rows.exclude(student__in=own_children(actor)).exclude(guardian__in=around)
            return rows.exclude(asked_by__in=around)
        if actor.kind is Kind.GUARDIAN:
            return rows.filter(asked_by_id=actor.post_id)
        return rows.none()


class Request(KeyedModel):
    """Somebody asks for a copy of what is kept about a person, or that it be erased. It outlives the person's rows."""

    kind = models.CharField(max_length=10, choices=RequestKind)
    student = models.ForeignKey(Student, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    guardian = models.ForeignKey(Guardian, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # The adult to whom the copy goes; none: to the person it is about.
    asked_by = models.ForeignKey(Guardian, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # none: asked on the family's own page
    asked_at = models.DateTimeField(default=school_time.now)
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    words = models.TextField(blank=True)  # why it was refused, as the family was told
    counts = models.JSONField(default=dict)  # table → rows: given, or kept although erased

    objects = RequestQuerySet.as_manager()
    tiers = {"words": Tier.L2, "counts": Tier.L0}
    children = ("student",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="") | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="privacy_request_is_answered_with_an_outcome",
            )
        ]

    @property
    def subject(self) -> Student | Guardian | None:
        """Whom it is about; None once they were erased."""
        return self.student or self.guardian

    def days_left(self, today: date) -> int:
        """Until it has to be answered; below zero when it is late."""
        return (self.due_on - today).days


class DecisionQuerySet(ForRolesQuerySet["Decision"]):
    """Seen by who decides."""

    roles = (Role.SAFEGUARDING,)


class Decision(KeyedModel):
    """One piece that might do serious harm in a copy: a named person looked, and gave it or held it back, and why."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="decisions")
    about_type = models.CharField(max_length=80)
    about_id = models.BigIntegerField()
    is_given = models.BooleanField()
    why = SealedTextField()
    by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=school_time.now)

    objects = DecisionQuerySet.as_manager()
    tiers = {"why": Tier.L3}
    children = ("request__student",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "about_type", "about_id"], name="decision_once")
        ]


class HoldQuerySet(ForRolesQuerySet["Hold"]):
    """Seen by who may set them."""

    roles = (Role.SAFEGUARDING, Role.LEADER)

    def in_force(self) -> Self:
        """Not lifted."""
        return self.filter(lifted_at=None)


class Hold(KeyedModel):
    """Nothing about this person may go, whoever asks and whatever the limits say: a court, an inquiry, a claim."""

    student = models.ForeignKey(
        Student, null=True, blank=True, on_delete=models.PROTECT, related_name="holds"
    )
    guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.PROTECT, related_name="holds"
    )
    why = models.TextField()
    set_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=school_time.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HoldQuerySet.as_manager()
    tiers = {"why": Tier.L2}
    children = ("student", "guardian__ties__student")

    class Meta:
        constraints = [models.CheckConstraint(condition=ONE_PERSON, name="hold_is_on_one_person")]


class OwnLimitQuerySet(ForRolesQuerySet["OwnLimit"]):
    """A school's limits stand on a page that everybody may read."""

    roles = KEEPERS


class OwnLimit(TenantModel):
    """How many days a school keeps one sort, where it wants it otherwise than Porchlight proposes."""

    limit = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Limit])
    days = models.PositiveIntegerField()
    set_by = models.ForeignKey(StaffMember, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(default=school_time.now)

    objects = OwnLimitQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "limit"], name="own_limit_once")]


class ClearingQuerySet(ForRolesQuerySet["Clearing"]):
    """What went is counted for leaders."""

    roles = (Role.LEADER,)


class Clearing(TenantModel):
    """The day's round over everything past its limit: it was done, and so many rows of each table went."""

    day = models.DateField()
    counts = models.JSONField(default=dict)
    at = models.DateTimeField(default=school_time.now)

    objects = ClearingQuerySet.as_manager()
    tiers = {"counts": Tier.L0}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "day"], name="clearing_once_a_day")]


class LeavingQuerySet(ForRolesQuerySet["Leaving"]):
    """Leaders decide whether their school leaves."""

    roles = (Role.LEADER,)

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(undone_at=None)


class Leaving(TenantModel):
    """The school's wish to leave: who asked, who agreed, from when it may be done, and whether it was taken back."""

    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=school_time.now)
    agreed_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(undone_at=None), name="one_wish_to_leave_stands"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None, due_at=None)
                | (Q(agreed_by__isnull=False, agreed_at__isnull=False) & ~Q(agreed_by=models.F("asked_by"))),
                name="leaving_is_agreed_by_another",
            ),
        ]
