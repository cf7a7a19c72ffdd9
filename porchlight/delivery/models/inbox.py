"""What came in, kept as it came: stored first, understood later."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.delivery.models.accounts import Account
from porchlight.schools.actors import Role
from porchlight.schools.models import ForRolesQuerySet, School, TenantModel
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

FAILED = "failed: "  # how the outcome begins of what could not be read


class InboundQuerySet(ForRolesQuerySet["InboundEvent"]):
    """Raw webhooks: nobody's reading but the office's when something went wrong."""

    roles = (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)

    def given_up(self) -> Self:
        """What failed each time it was read: people have to look."""
        return self.filter(processed_at__isnull=False, outcome__startswith=FAILED)


class InboundEvent(TenantModel):
    """One thing a gateway told us, or the statuses of one webhook. The unique key makes a thousand repetitions one."""

    # Without indexes of their own: the unique key's begins with both.
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="inbound", db_index=False)
    kind = models.CharField(max_length=30)  # heard, receipt, receipts, missed_call, …
    provider_key = models.CharField(max_length=255)
    raw = models.JSONField(default=dict)  # as it came, kept 30 days
    event = models.JSONField(default=dict)  # in our few words, see inbox/wording.py
    received_at = models.DateTimeField(default=school_time.now)
    due_at = models.DateTimeField(default=school_time.now)  # when it is looked at, or looked at again
    processed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=60, blank=True
    )  # one or two words: "message", "joined", "parked", "failed: …"
    tries = models.PositiveSmallIntegerField(default=0)

    objects = InboundQuerySet.as_manager()
    tiers = {"raw": Tier.L2, "event": Tier.L2}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "account", "kind", "provider_key"], name="inbound_event_once"
            )
        ]
        indexes = [
            models.Index(fields=["account", "due_at"], condition=Q(processed_at=None), name="inbound_waiting")
        ]
