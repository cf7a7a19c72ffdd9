"""The plan of a round while it is made, and what changes after families know it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porchlight.meetings.models.meetings import SEES_EVERY_MEETING
from porchlight.meetings.models.rounds import Round, Wish
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import ForRolesQuerySet, KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class PlanningQuerySet(ForRolesQuerySet["Planning"]):
    """Plans are the office's and the leaders' work."""

    roles = SEES_EVERY_MEETING

    def under_way(self) -> Self:
        """Asked for and not over; a round has one at most."""
        return self.filter(ended_at=None)


class Planning(KeyedModel):
    """One search for a plan, or for a better one, that a worker does beside the pages. The best so far is kept."""

    class What(models.TextChoices):
        """What is looked for."""

        PLAN = "plan"
        BETTER = "better"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="plannings")
    what = models.CharField(max_length=10, choices=What, default=What.PLAN)
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=school_time.now)
    seed = models.PositiveIntegerField(default=1)
    seconds = models.PositiveSmallIntegerField(default=60)
    steps = models.PositiveIntegerField(null=True, blank=True)  # instead of seconds: the same plan each time
    begun_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)  # its worker's last sign of life
    progress = models.JSONField(default=list)  # [seconds, wishes held, penalty], the latest last
    asked_for = models.PositiveIntegerField(default=0)  # wishes that a plan could hold at all, or not
    unmet = models.JSONField(default=list)  # of wishes that no plan can hold: see `planned.unmet`
    plan = models.JSONField(default=list)  # the planner's assignments: the best so far
    proposals = models.JSONField(default=list)  # the planner's, with who took which
    stopped_at = models.DateTimeField(null=True, blank=True)  # somebody wants the plan as it is
    stopped_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True)  # DONE, CRASHED or LOST
    taken_at = models.DateTimeField(null=True, blank=True)  # its meetings stand in the calendar
    taken_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PlanningQuerySet.as_manager()
    tiers = {"plan": Tier.L1, "proposals": Tier.L1, "unmet": Tier.L1, "progress": Tier.L0}
    DONE, CRASHED, LOST = "done", "crashed", "lost"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(ended_at=None), name="one_planning_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="planning_ends_with_an_outcome",
            ),
        ]


class LateChangeQuerySet(TenantQuerySet["LateChange"]):
    """What changed: seen at work, by who sees the wish."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        return rows.filter(wish__in=Wish.objects.visible_to(actor)) if actor.is_staff else rows.none()

    def unsettled(self) -> Self:
        """Nobody has looked for another time yet."""
        return self.filter(settled_at=None).order_by("at", "pk")


class LateChange(KeyedModel):
    """A told time that does not suit, and what came of it. No plan proposes that time to these families again."""

    class Why(models.TextChoices):
        """Who asked."""

        ANOTHER = "another", _("the family would like another time")
        CANNOT = "cannot", _("the family cannot come this time")
        SCHOOL = "school", _("the school had to change it")

    class Outcome(models.TextChoices):
        """What came of it."""

        MOVED = "moved"
        NONE = "none"  # was found
        FREED = "freed"

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="changes")
    starts_at = models.DateTimeField()  # the time that does not suit
    ends_at = models.DateTimeField()
    why = models.CharField(max_length=10, choices=Why)
    at = models.DateTimeField(default=school_time.now)
    by = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    objects = LateChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wish"], condition=Q(settled_at=None), name="one_change_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="change_is_of_a_time"),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="change_settled_with_an_outcome",
            ),
        ]
