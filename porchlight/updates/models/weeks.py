"""One class in one week: its update, the question for the dinner table, and the day on which both are ready."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q

from porchlight.conversations.models import Notice
from porchlight.schools.models import KeyedModel, SchoolClass, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.updates.models.facts import OfAClassQuerySet

THURSDAY, AFTERNOON = 3, time(14)


class ClassWeek(KeyedModel):
    """The update of one week. What nobody changed is composed anew at each look; what somebody wrote stays."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="weeks")
    week = models.DateField()  # its Monday
    text = models.TextField(blank=True)  # as a colleague changed it; empty: as composed
    written_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ready_at = models.DateTimeField(default=school_time.now)
    notice = models.OneToOneField(
        Notice, null=True, blank=True, on_delete=models.CASCADE, related_name="class_week"
    )
    left_out_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # who said: none this week
    left_out_at = models.DateTimeField(null=True, blank=True)
    lent_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # who agreed that the school's newsletter may tell it
    lent_at = models.DateTimeField(null=True, blank=True)

    objects = OfAClassQuerySet["ClassWeek"].as_manager()
    tiers = {"text": Tier.L1}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_class", "week"], name="class_week_once"),
            models.CheckConstraint(
                condition=Q(left_out_at=None, left_out_by=None)
                | Q(left_out_at__isnull=False, left_out_by__isnull=False),
                name="class_week_left_out_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(lent_at=None, lent_by=None) | Q(lent_at__isnull=False, lent_by__isnull=False),
                name="class_week_lent_by_somebody",
            ),
        ]


class Tonight(KeyedModel):
    """One question a week to talk about with the child: a colleague's own, or one of ours."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="tonights")
    week = models.DateField()
    shipped = models.CharField(max_length=40, blank=True)  # the name of ours; empty: a colleague's own words
    text = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20)
    chosen_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # nobody: it came by itself
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = OfAClassQuerySet["Tonight"].as_manager()
    tiers = {"text": Tier.L1, "shipped": Tier.L0}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_class", "week"], name="tonight_once_a_week"),
            models.CheckConstraint(condition=~Q(shipped="", text=""), name="tonight_asks_something"),
        ]


class UpdateDay(TenantModel):
    """When an update is ready, for a class or as the school's rule; and whether it may go without a look."""

    school_class = models.OneToOneField(
        SchoolClass, null=True, blank=True, on_delete=models.CASCADE, related_name="update_day"
    )  # none: the school's
    weekday = models.PositiveSmallIntegerField(default=THURSDAY)  # Monday is 0
    hour = models.TimeField(default=AFTERNOON)
    set_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    alone_since = models.DateTimeField(null=True, blank=True)  # it goes two hours later by itself

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(school_class=None), name="update_day_of_the_school_once"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="update_day_is_a_day"),
        ]
