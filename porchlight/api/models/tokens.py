"""Tokens by which other systems come in, and what they made lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.schools.actors import KEEPERS, Actor, Kind, Scope
from porchlight.schools.models import ForRolesQuerySet, KeyedModel, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class TokenQuerySet(ForRolesQuerySet["ApiToken"]):
    """The office's and the leader's business."""

    roles = KEEPERS  # who makes tokens; a token ends with its maker's post

    def live(self, *, now: datetime) -> Self:
        """Neither revoked nor over, of an office or leader's post that still opens pages itself."""
        keepers = StaffMember.objects.awake().filter(user__is_active=True, roles__role__in=KEEPERS)
        return self.filter(revoked_at=None, expires_at__gt=now, made_by__in=keepers.values("pk"))


class ApiToken(KeyedModel):
    """What another system shows at the door. Its secret is stored one-way; `prefix` tells it from others."""

    label = models.CharField(max_length=100)  # which system: "Library catalogue"
    prefix = models.CharField(max_length=20)  # how the secret begins
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)  # of actors.Scope
    per_minute = models.PositiveIntegerField(default=120)
    made_by = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=school_time.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)  # last; to the minute
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = TokenQuerySet.as_manager()
    tiers = {"label": Tier.L1, "prefix": Tier.L1, "scopes": Tier.L0, "digest": Tier.L3}
    of_the_school = frozenset(tiers)
    plain_because = {"digest": "One-way: it opens nothing."}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "digest"], name="api_token_once")]

    def __str__(self) -> str:
        return self.label

    def actor(self) -> Actor:
        """Whoever holds it, as the one who acts."""
        known = {scope.value for scope in Scope}
        scopes = frozenset(Scope(one) for one in self.scopes if one in known)
        return Actor(
            Kind.TOKEN,
            self.school_id,
            self.pk,
            name=self.label,
            scopes=scopes,
            behalf_id=self.made_by_id,
        )


class Made(TenantModel):
    """What a token made under an Idempotency-Key: asked again within a day, the same answer is given."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    asked = models.CharField(max_length=64)  # digest of the Idempotency-Key
    request = models.CharField(max_length=64)  # digest of what was asked under it
    status = models.PositiveSmallIntegerField(default=0)  # 0: not answered yet
    answer = models.TextField(blank=True)
    at = models.DateTimeField(default=school_time.now)
    KEPT = timedelta(hours=24)

    objects = TenantQuerySet.as_manager()
    tiers = {"asked": Tier.L0, "request": Tier.L0, "answer": Tier.L1}

    class Meta:
        verbose_name_plural = "made"
        constraints = [
            models.UniqueConstraint(fields=["token", "asked"], name="api_made_once"),
            models.CheckConstraint(condition=Q(status=0, answer="") | Q(status__gt=0), name="api_made_whole"),
        ]
