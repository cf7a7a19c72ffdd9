"""A school's accounts with translation engines, and which of them it trusts with which pair of languages."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.languages.engines import registry
from porchlight.languages.engines.contract import Access, Engine
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import AccountElsewhere, StaffMember, TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class EngineAccountQuerySet(TenantQuerySet["EngineAccount"]):
    """The office's and the leader's business."""

    def open(self) -> Self:
        """Still in use."""
        return self.filter(closed_at=None).order_by("pk")

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(Role.OFFICE, Role.LEADER):
            return rows
        return rows.none()


class EngineAccount(AccountElsewhere):
    """A school's account with one engine. Having one sends nothing there: only a trusted pair does."""

    engine = models.CharField(max_length=40)  # a name of engines/registry.py
    settings = models.JSONField(default=dict)  # plain values of the engine's fields, all text
    personal_since = models.DateTimeField(
        null=True, blank=True
    )  # the school lets personal words go there too
    personal_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_at = models.DateTimeField(null=True, blank=True)  # nothing goes there until staff act
    held_code = models.CharField(max_length=60, blank=True)  # the engine's own word for why
    held_reason = models.CharField(max_length=300, blank=True)  # our sentence about it
    rests_until = models.DateTimeField(null=True, blank=True)  # what was bought is used up
    letters = models.PositiveBigIntegerField(default=0)  # sent there so far: what engines bill
    test = models.JSONField(default=dict)  # the last test sentence: {"target", "text", "said", "trouble"}
    test_wanted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=school_time.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EngineAccountQuerySet.as_manager()
    tiers = {
        "engine": Tier.L2,
        "settings": Tier.L3,
        "sealed_secrets": Tier.L3,
        "held_code": Tier.L2,
        "held_reason": Tier.L2,
        "test": Tier.L2,
    }
    of_the_school = frozenset(tiers)
    plain_because = {
        "settings": "Addresses and regions at the engine; what opens an account is among its secrets.",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at=None, held_reason="") | (Q(held_at__isnull=False) & ~Q(held_reason="")),
                name="engine_held_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(personal_since__isnull=False) | Q(personal_by=None),
                name="engine_personal_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.adapter.label

    @property
    def adapter(self) -> Engine:
        """Raises UnknownEngine."""
        return registry.get(self.engine)

    @property
    def access(self) -> Access:
        """What the adapter needs. Raises WrongSeal."""
        return Access(dict(self.settings), self.secrets)

    def takes(self, tier: Tier) -> bool:
        """Whether words of this tier may go there: personal ones only where the school said so, L3 never."""
        return tier <= Tier.L1 or (tier == Tier.L2 and self.personal_since is not None)

    def works(self, now: datetime) -> bool:
        """Whether asking it now makes sense."""
        return (
            self.closed_at is None
            and self.held_at is None
            and not (self.rests_until and self.rests_until > now)
        )


class TrustedPairQuerySet(TenantQuerySet["TrustedPair"]):
    """All staff may know that a machine translates into a language."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind in {Kind.STAFF, Kind.SYSTEM} else rows.none()


class TrustedPair(TenantModel):
    """The school trusts this engine from one language into another. No row: people translate."""

    source = models.CharField(max_length=20)  # tags as `pairs.plain` writes them
    target = models.CharField(max_length=20)
    account = models.ForeignKey(EngineAccount, on_delete=models.CASCADE, related_name="pairs")
    set_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(default=school_time.now)

    objects = TrustedPairQuerySet.as_manager()
    tiers = {"target": Tier.L0}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "source", "target"], name="pair_trusted_once")
        ]
