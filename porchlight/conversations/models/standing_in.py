"""A thread that one colleague gave another for some days."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from porchlight.conversations.models.threads import Thread
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import KeyedModel, SeenWithQuerySet, StaffMember
from porchlight.toolbox import school_time

ASKED_IN = (Role.COUNSELLOR, Role.LIAISON, Role.INTERPRETER)  # for one family; to them a thread may be lent


class StandInQuerySet(SeenWithQuerySet["StandIn"]):
    """As the thread; no other system is told."""

    seen_with = "thread"

    def on(self, day: date) -> Self:
        """In force on a day, and whom it was given to is still here."""
        return self.filter(ended_at=None, until__gte=day, staff__left_at=None)

    def lent_to(self, actor: Actor, *, on: date) -> Self:
        """What lends this colleague a thread on a day."""
        return self.in_school(actor.school_id).on(on).filter(staff=actor.post_id or 0, lends=True)

    def visible_to(self, actor: Actor) -> Self:
        return self.none() if actor.kind is Kind.TOKEN else super().visible_to(actor)


class StandIn(KeyedModel):
    """`staff` answers here until a day, included.

    Who sees this child already gets no right by it. To who does not, it lends the everyday words of this one thread.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="stand_ins")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    handed_by = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    lends = models.BooleanField(default=False)  # they see neither the child nor its page: this row is all
    until = models.DateField()
    handed_at = models.DateTimeField(default=school_time.now)
    ended_at = models.DateTimeField(null=True, blank=True)  # taken back, or handed on, before its day

    objects = StandInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(ended_at=None), name="thread_handed_once"
            )
        ]
