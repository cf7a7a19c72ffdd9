"""A school's accounts with translation engines, and which of them it trusts with which pair of languages."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from porchlight.languages.engines import registry
from porchlight.languages.engines.contract import Engine
from porchlight.languages.models.accounts import WordsAccount, held_and_personal
from porchlight.languages.models.words import ForAllStaff
from porchlight.schools.models import CompanyAccountQuerySet, StaffMember, TenantModel
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class EngineAccount(WordsAccount):
    """A school's account with one engine. Having one sends nothing there: only a trusted pair does."""

    noun = "engine"

    engine = models.CharField(max_length=40)  # a name of engines/registry.py
    rests_until = models.DateTimeField(null=True, blank=True)  # what was bought is used up
    letters = models.PositiveBigIntegerField(default=0)  # sent there so far: what engines bill
    test = models.JSONField(default=dict)  # the last test sentence: {"target", "text", "said", "trouble"}
    test_wanted_at = models.DateTimeField(null=True, blank=True)

    objects = CompanyAccountQuerySet["EngineAccount"].as_manager()
    tiers = {"engine": Tier.L2, **WordsAccount.tiers, "test": Tier.L2}
    of_the_school = frozenset(tiers)
    plain_because = {
        "settings": "Addresses and regions at the engine; what opens an account is among its secrets.",
    }

    class Meta:
        constraints = held_and_personal("engine")

    def __str__(self) -> str:
        return self.adapter.label

    @property
    def adapter(self) -> Engine:
        """Raises UnknownEngine."""
        return registry.get(self.engine)

    def works(self, now: datetime) -> bool:
        """Whether asking it now makes sense."""
        return (
            self.closed_at is None
            and self.held_at is None
            and not (self.rests_until and self.rests_until > now)
        )


class TrustedPair(TenantModel):
    """The school trusts this engine from one language into another. No row: people translate.

    All staff may know that a machine translates into a language.
    """

    source = models.CharField(max_length=20)  # tags as `pairs.plain` writes them
    target = models.CharField(max_length=20)
    account = models.ForeignKey(EngineAccount, on_delete=models.CASCADE, related_name="pairs")
    set_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(default=school_time.now)

    objects = ForAllStaff["TrustedPair"].as_manager()
    tiers = {"target": Tier.L0}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "source", "target"], name="pair_trusted_once")
        ]
