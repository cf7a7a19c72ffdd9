"""A named person's due task. A home we have not reached always has one: a next step and a name."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.families.models import Guardian, Student, around_own_children, own_children
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class ErrandKind(models.TextChoices):
    """What is to be done."""

    MEND_ADDRESS = "mend_address"  # a number failed or is missing: find the right one
    RING = "ring"
    ASK_IN_PERSON = "ask_in_person"  # they asked for no messages: how else, when somebody next meets them
    WRITE_HOME = "write_home"  # a note or letter with the child
    LOOK_AT_WORRY = "look_at_worry"
    RECORD = "record"  # words that no machine can say, for a call
    FIND_INTERPRETER = "find_interpreter"  # for a meeting whose interpreter cannot come
    LISTEN = "listen"  # to a voice note in a language this person knows
    VISIT_OVERDUE = "visit_overdue"  # two colleagues have not come out of a visit
    VISIT_HELP = "visit_help"  # what a family asked for at a visit, or was promised
    READ_NOTE = "read_note"  # read a visit's note to the family, which puts it right
    DO = "do"  # what was agreed with a family: a step of a meeting, or a new time for it


class ErrandQuerySet(TenantQuerySet["Errand"]):
    """Tasks under way."""

    def open(self) -> Self:
        """Not done; the earliest due first."""
        return self.filter(done_at=None).order_by("due_at", "pk")

    def overdue(self, *, now: datetime) -> Self:
        """Should have been done by now."""
        return self.open().filter(due_at__lt=now)

    def visible_to(self, actor: Actor) -> Self:
        """One's own; leaders and office see all but worries, which stay with safeguarding. None of one's own home."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if not actor.is_staff:
            return rows.none()
        at_home = Q(student__in=own_children(actor)) | Q(guardian__in=around_own_children(actor))
        rows = rows.exclude(at_home & ~Q(kind=ErrandKind.VISIT_OVERDUE))  # which says nothing of the family
        if actor.is_one_of(Role.SAFEGUARDING):
            return rows
        mine = Q(assigned_to_id=actor.post_id)
        if actor.is_one_of(Role.LEADER, Role.OFFICE):
            return rows.filter(mine | ~Q(kind=ErrandKind.LOOK_AT_WORRY))
        return rows.filter(mine)


class Errand(KeyedModel):
    """Something a named person is to do by a time. It says what happened, never that a family failed."""

    kind = models.CharField(max_length=20, choices=ErrandKind)
    assigned_to = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="errands")
    guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.CASCADE, related_name="errands"
    )
    student = models.ForeignKey(
        Student, null=True, blank=True, on_delete=models.CASCADE, related_name="errands"
    )
    about = models.CharField(max_length=60, blank=True)  # "worry:7k2…": the row above that asked for it
    reason = models.CharField(max_length=40, blank=True)  # a code: why it is needed
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(default=school_time.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=300, blank=True)  # one line

    objects = ErrandQuerySet.as_manager()
    tiers = {"outcome": Tier.L2}
    children = ("student",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "about"],
                condition=Q(done_at=None) & ~Q(about=""),
                name="errand_open_once",
            )
        ]
