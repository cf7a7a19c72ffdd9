"""What came in, kept as it came: stored first, understood later."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from porchlight.delivery.models.accounts import Account
from porchlight.families.models import Address, ContactPoint
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import ForRolesQuerySet, School, TenantModel
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

FAILED = "failed: "  # how the outcome begins of what could not be read
KNOWN_BY = {
    "number": "value",
    "mailbox": "value",
    "user_id": "user_id",
}  # of a sender: where their address has it


class InboundQuerySet(ForRolesQuerySet["InboundEvent"]):
    """Raw webhooks: nobody's reading but the office's when something went wrong, and not of one's own home."""

    roles = (Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if not actor.is_staff:
            return rows
        points = ContactPoint.objects.around_own_children(actor)
        theirs = Address.objects.filter(pk__in=points.values("address"))
        senders = {
            name: Coalesce(KT(f"event__sender__{name}"), Value(""), output_field=models.TextField())
            for name in KNOWN_BY
        }
        by_name = (
            Q(**{f"{name}__in": theirs.exclude(**{where: ""}).values(where)})
            for name, where in KNOWN_BY.items()
        )
        # First whether it failed: the event is opened of few rows alone.
        return rows.alias(**senders).exclude(Q(outcome__startswith=FAILED) & reduce(or_, by_name))

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
