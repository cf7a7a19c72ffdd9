"""Signs of life; and whom each account saw lately."""

from __future__ import annotations

from django.db import models

from porchlight.schools.models import StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier


class Heartbeat(models.Model):
    """One worker process was at work then, by the database's clock. Of no school: a worker serves all of them."""

    machine = models.CharField(max_length=100)
    process = models.PositiveIntegerField()  # its number on that machine
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["machine", "process"], name="heartbeat_once")]


class PersonSeen(TenantModel):
    """A page showed a child or an adult of a family to a colleague. Kept a day: the alarm counts the last hour."""

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    person = models.CharField(max_length=60)  # which row: "families.student:12"
    at = models.DateTimeField()  # the last time

    objects = TenantQuerySet.as_manager()
    tiers = {"person": Tier.L1}

    class Meta:
        verbose_name_plural = "people seen"
        indexes = [models.Index(fields=["school", "at"])]
        constraints = [models.UniqueConstraint(fields=["school", "staff", "person"], name="person_seen_once")]
