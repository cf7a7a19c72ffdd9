"""What people carry themselves: what came of it each time, and who is entrusted with families' numbers."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.delivery.models.outbox import Delivery
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import SeenWithQuerySet, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

SEES_NUMBERS = (Role.OFFICE, Role.LEADER)


class CameOf(models.TextChoices):
    """What a person says of it: the text left, the letter was printed, the slip handed out, the call made."""

    SENT = "sent"
    PRINTED = "printed"
    HANDED_OUT = "handed_out"
    CAME_BACK = "came_back"  # nobody of that name lives there
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    CALL_AGAIN = "call_again"


class HandingQuerySet(SeenWithQuerySet["Handing"]):
    """Each time somebody carried something."""

    seen_with = "delivery"

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(undone_at=None)

    def visible_to(self, actor: Actor) -> Self:
        return self.none() if actor.kind is Kind.TOKEN else super().visible_to(actor)


class Handing(TenantModel):
    """One time that somebody sent, handed out or rang: who, when, what came of it. Never changed but taken back."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="handings")
    by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    came_of = models.CharField(max_length=20, choices=CameOf)
    words = models.CharField(max_length=300, blank=True)  # one line
    again_at = models.DateTimeField(null=True, blank=True)  # when to ring again
    at = models.DateTimeField(default=school_time.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = HandingQuerySet.as_manager()
    tiers = {"words": Tier.L2}
    children = ("delivery__parcel__about__student",)


class EntrustedQuerySet(TenantQuerySet["Entrusted"]):
    """Whom the school lets see numbers."""

    def standing(self) -> Self:
        """Not ended."""
        return self.filter(ended_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """The office and leaders, and each colleague their own."""
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(*SEES_NUMBERS):
            return rows
        return rows.filter(staff_id=actor.post_id) if actor.is_staff else rows.none()


class Entrusted(TenantModel):
    """A colleague who may text and ring by hand the families of the children they teach, and so sees their numbers."""

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=school_time.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EntrustedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entrusted"
        constraints = [
            models.UniqueConstraint(fields=["staff"], condition=Q(ended_at=None), name="entrusted_once")
        ]
