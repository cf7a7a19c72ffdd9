"""Who wants to be told of what, and what each was told: a signal's row is its outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porchlight.schools.actors import KEEPERS
from porchlight.schools.models import (
    ForRolesQuerySet,
    KeyedModel,
    SeenWithQuerySet,
    StaffMember,
)
from porchlight.schools.sealed_fields import SealedTextField
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class SignalKind(models.TextChoices):
    """What another system may be told of."""

    MESSAGE_RECEIVED = "message.received", _("A family wrote")
    ANSWER_GIVEN = "answer.given", _("A family answered a question")
    DELIVERY_FAILED = "delivery.failed", _("A message did not arrive")
    ROSTER_IMPORTED = "roster.imported", _("A roster was taken")
    TEST = "test", _("A test")


OFFERED = tuple(kind for kind in SignalKind if kind is not SignalKind.TEST)


class SubscriptionQuerySet(ForRolesQuerySet["Subscription"]):
    """The office's and the leader's business."""

    roles = KEEPERS

    def listening(self) -> Self:
        """Not ended, and not given up on."""
        return self.filter(ended_at=None, disabled_at=None)


class Subscription(KeyedModel):
    """One address of another system, and what it is told of. Disabled when it fails for long: `why` is a code."""

    url = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)  # of SignalKind
    secret = SealedTextField()  # whsec_…: signs what is told
    made_by = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=school_time.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)  # tries in a row that came to nothing
    failing_since = models.DateTimeField(null=True, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()
    tiers = {"url": Tier.L1, "kinds": Tier.L0, "secret": Tier.L3}
    of_the_school = frozenset(tiers)

    def __str__(self) -> str:
        return self.url


class SignalQuerySet(SeenWithQuerySet["Signal"]):
    """Seen with the subscription."""

    seen_with = "subscription"

    def due(self, *, now: datetime) -> Self:
        """To be told now, the oldest first."""
        return (
            self.filter(told_at=None, given_up_at=None, due_at__lte=now)
            .filter(Q(lease_until=None) | Q(lease_until__lt=now))
            .order_by("due_at", "pk")
        )


class Signal(KeyedModel):
    """One thing that happened, for one subscription. Holds keys and codes, never words."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=30, choices=SignalKind)
    about = models.CharField(max_length=80)  # what happened to what: told once
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=school_time.now)
    due_at = models.DateTimeField(default=school_time.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_code = models.CharField(max_length=40, blank=True)  # http_503, no_connection, not_public, …
    told_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = SignalQuerySet.as_manager()
    tiers = {"about": Tier.L0, "data": Tier.L0, "last_code": Tier.L0}

    class Meta:
        indexes = [
            models.Index(
                fields=["subscription", "due_at"],
                condition=Q(told_at=None, given_up_at=None),
                name="api_signal_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "kind", "about"], name="api_signal_once")
        ]
