"""Whom of those who run the server a school lets in to look, for an hour at most."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models.school import School
from porchlight.schools.models.staff import StaffMember
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import random_key

LONGEST = timedelta(minutes=60)


class GrantQuerySet(models.QuerySet["OperatorGrant"]):
    """Leaders see who asked, who was let in, and until when. An hour here is the database's."""

    def in_force(self) -> GrantQuerySet:
        """Letting somebody in now. However late its end was written: an hour after the yes it is over."""
        return self.filter(ended_at=None, ends_at__gt=Now(), approved_at__gt=Now() - LONGEST)

    def live(self, user_id: int) -> GrantQuerySet:
        """Lets this operator in now."""
        return self.in_force().filter(operator_id=user_id)

    def waiting(self) -> GrantQuerySet:
        """Asked, and not answered yet."""
        return self.filter(approved_at=None, ended_at=None)

    def visible_to(self, actor: Actor) -> GrantQuerySet:
        """Leaders of the school."""
        rows = self.filter(school_id=actor.school_id)
        return rows if actor.is_one_of(Role.LEADER) and actor.grant_id is None else rows.none()


class OperatorGrant(models.Model):
    """An operator's wish to look into a school, with the reason; and the school's yes, which lives an hour."""

    key = models.CharField(max_length=12, unique=True, default=random_key, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    operator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=300)
    asked_at = models.DateTimeField(default=school_time.now)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # said no, or sent away before the time

    objects = GrantQuerySet.as_manager()
    outside_the_wall = "It is what opens the wall for an operator."

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by=None, ends_at=None)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False, ends_at__isnull=False),
                name="operator_grant_approved_by_someone",
            )
        ]

    def actor(self) -> Actor:
        """The operator as the one who looks."""
        return Actor(
            Kind.STAFF,
            self.school_id,
            None,
            frozenset({Role.LEADER, Role.OFFICE}),
            self.operator.name or str(self.operator.email),
            self.operator_id,
            grant_id=self.pk,
            why=self.why,
        )
