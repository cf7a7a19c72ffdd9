"""What every account with a company has that is given a school's words: a name, its settings, and how far it may go."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from porchlight.languages.engines.contract import Access
from porchlight.schools.models import CompanyAccount, StaffMember, held_with_reason
from porchlight.schools.tiers import Tier


class WordsAccount(CompanyAccount):
    """An engine's or a voice's. Personal words go there only where the school said so."""

    noun: ClassVar[str]  # what the record of what was done calls it

    personal_since = models.DateTimeField(null=True, blank=True)  # personal words may go there too
    personal_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

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


def held_and_personal(noun: str) -> list[models.BaseConstraint]:
    """What holds of each account, in the names that its table gives it."""
    return [
        held_with_reason(noun),
        models.CheckConstraint(
            condition=Q(personal_since__isnull=False) | Q(personal_by=None),
            name=f"{noun}_personal_by_whom",
        ),
    ]
