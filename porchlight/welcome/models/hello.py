"""A school has begun to say hello to every home; it goes on for families who come later, until somebody ends it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.schools.models import AtWorkQuerySet, KeyedModel, StaffMember
from porchlight.toolbox import school_time

A_DAY = 6  # homes for one teacher: half a minute each


class HelloWeekQuerySet(AtWorkQuerySet["HelloWeek"]):
    """Everybody who works at the school may know that it is on."""

    def running(self) -> Self:
        """Not ended; a school has one at most."""
        return self.filter(ended_at=None)


class HelloWeek(KeyedModel):
    """From when on homes are said hello to, by whose decision, and how many a teacher sees on one day."""

    started_at = models.DateTimeField(default=school_time.now)
    started_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    a_day = models.PositiveSmallIntegerField(default=A_DAY)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HelloWeekQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(ended_at=None), name="one_hello_week_at_a_time"
            ),
            models.CheckConstraint(condition=Q(a_day__gte=1, a_day__lte=12), name="hello_week_in_handfuls"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="hello_week_ended_by_somebody",
            ),
        ]
