"""What every account with a company has that is given a school's words: a name, its settings, and how far it may go."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from porchlight.languages.engines.contract import Access
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import AccountElsewhere, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class CompanyAccountQuerySet[M: "CompanyAccount"](TenantQuerySet[M]):
    """The office's and the leader's business."""

    def open(self) -> Self:
        """Still in use."""
        return self.filter(closed_at=None).order_by("pk")

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM or actor.is_one_of(Role.OFFICE, Role.LEADER):
            return rows
        return rows.none()


class CompanyAccount(AccountElsewhere):
    """An engine's or a voice's. Personal words go there only where the school said so."""

    noun: ClassVar[str]  # what the record of what was done calls it

    settings = models.JSONField(default=dict)  # plain values of the adapter's fields, all text
    personal_since = models.DateTimeField(null=True, blank=True)  # personal words may go there too
    personal_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_at = models.DateTimeField(null=True, blank=True)  # nothing goes there until staff act
    held_code = models.CharField(max_length=60, blank=True)  # the company's own word for why
    held_reason = models.CharField(max_length=300, blank=True)  # our sentence about it
    created_at = models.DateTimeField(default=school_time.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    tiers = {
        "settings": Tier.L3,
        "sealed_secrets": Tier.L3,
        "held_code": Tier.L2,
        "held_reason": Tier.L2,
    }

    class Meta:
        abstract = True

    @property
    def access(self) -> Access:
        """What the adapter needs. Raises WrongSeal."""
        return Access(dict(self.settings), self.secrets)

    def takes(self, tier: int) -> bool:
        """Whether words of this tier may go there: personal ones only where the school said so, L3 never."""
        return tier <= Tier.L1 or (tier == Tier.L2 and self.personal_since is not None)

    def hold(self, code: str, words: str, *, now: datetime) -> None:
        """Nothing more goes there before somebody at school has looked."""
        self.held_at, self.held_code, self.held_reason = now, code[:60], words[:300]
        self.save(update_fields=["held_at", "held_code", "held_reason"])


def held_and_personal(noun: str) -> list[models.BaseConstraint]:
    """What holds of each account, in the names that its table gives it."""
    return [
        models.CheckConstraint(
            condition=Q(held_at=None, held_reason="") | (Q(held_at__isnull=False) & ~Q(held_reason="")),
            name=f"{noun}_held_with_reason",
        ),
        models.CheckConstraint(
            condition=Q(personal_since__isnull=False) | Q(personal_by=None),
            name=f"{noun}_personal_by_whom",
        ),
    ]
