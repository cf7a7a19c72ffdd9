"""A school's account with a company whose voice reads words out to families."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.languages.engines.contract import Access
from porchlight.languages.voices.contract import CloudVoice
from porchlight.languages.voices.registry import COMPANIES
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import AccountElsewhere, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class VoiceAccountQuerySet(TenantQuerySet["VoiceAccount"]):
    """The office's and the leader's business."""

    def open(self) -> Self:
        """Still in use."""
        return self.filter(closed_at=None).order_by("pk")

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(Role.OFFICE, Role.LEADER):
            return rows
        return rows.none()


class VoiceAccount(AccountElsewhere):
    """It reads the languages that have a voice here, and no other: the words go to that company."""

    company = models.CharField(max_length=40)  # a name of voices/registry.py
    settings = models.JSONField(default=dict)  # plain values of the company's fields, all text
    voices = models.JSONField(default=dict)  # our tag → the company's name of the voice
    personal_since = models.DateTimeField(null=True, blank=True)  # personal words may go there too
    personal_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_at = models.DateTimeField(null=True, blank=True)  # nothing goes there until staff act
    held_code = models.CharField(max_length=60, blank=True)  # the company's own word for why
    held_reason = models.CharField(max_length=300, blank=True)  # our sentence about it
    created_at = models.DateTimeField(default=school_time.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = VoiceAccountQuerySet.as_manager()
    tiers = {
        "company": Tier.L2,
        "settings": Tier.L3,
        "voices": Tier.L2,
        "sealed_secrets": Tier.L3,
        "held_code": Tier.L2,
        "held_reason": Tier.L2,
    }
    of_the_school = frozenset(tiers)
    plain_because = {"settings": "The company's address; what opens an account is among its secrets."}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at=None, held_reason="") | (Q(held_at__isnull=False) & ~Q(held_reason="")),
                name="voice_held_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(personal_since__isnull=False) | Q(personal_by=None), name="voice_personal_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return self.adapter.label

    @property
    def adapter(self) -> CloudVoice:
        """Raises KeyError."""
        return COMPANIES[self.company]

    @property
    def access(self) -> Access:
        """What the adapter needs. Raises WrongSeal."""
        return Access(dict(self.settings), self.secrets)

    def takes(self, tier: int) -> bool:
        """Whether words of this tier may go there: personal ones only where the school said so, L3 never."""
        return tier <= Tier.L1 or (tier == Tier.L2 and self.personal_since is not None)
