"""Somebody asks to talk with a counsellor: seen by the two of them, and by who leads the school."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porchlight.families.models import Guardian, Student, own_children
from porchlight.meetings.models.meetings import Meeting
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.sealed_fields import SealedTextField
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class Topic(models.TextChoices):
    """What it is about, as far as anybody says."""

    FRIENDS = "friends", _("Friends and class")
    FEELINGS = "feelings", _("Feelings and worries")
    HOME = "home", _("At home")
    LEARNING = "learning", _("Learning and what comes after")
    OTHER = "other", _("Something else")


class WishQuerySet(TenantQuerySet["CounsellingWish"]):
    """Wishes for a talk."""

    def open(self) -> Self:
        """No time is set yet, and nobody closed it; the oldest first."""
        return self.filter(meeting=None, closed_at=None).order_by("asked_at", "pk")

    def visible_to(self, actor: Actor) -> Self:
        """The counsellor it is for, who asked, and who leads the school. Neither office nor teachers; of an own child
        nothing at work.
        """
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if not actor.post_id:
            return rows.none()
        if actor.kind is Kind.GUARDIAN:
            mine = rows.filter(by_guardian=actor.post_id)
            return mine.filter(student__in=Student.objects.visible_to(actor))
        if actor.kind is Kind.STUDENT:
            return rows.filter(student=actor.post_id, by_guardian=None, by_staff=None)
        if not actor.is_staff:
            return rows.none()
        rows = rows.exclude(student__in=own_children(actor))
        if actor.is_one_of(Role.LEADER):
            return rows
        return rows.filter(Q(counsellor=actor.post_id) | Q(by_staff=actor.post_id))


class CounsellingWish(KeyedModel):
    """An adult, a teacher, or (with neither) the student asked for it."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    counsellor = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="counselling")
    by_guardian = models.ForeignKey(
        Guardian, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    by_staff = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    topic = models.CharField(max_length=20, choices=Topic, default=Topic.OTHER)
    words = SealedTextField(blank=True)
    asked_at = models.DateTimeField(default=school_time.now)
    meeting = models.OneToOneField(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="counselling_wish"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WishQuerySet.as_manager()
    tiers = {"words": Tier.L2, "topic": Tier.L2}
    children = ("student",)
