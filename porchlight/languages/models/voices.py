"""A school's account with a company whose voice reads words out to families."""

from __future__ import annotations

from django.db import models

from porchlight.languages.models.accounts import WordsAccount, held_and_personal
from porchlight.languages.voices.contract import CloudVoice
from porchlight.languages.voices.registry import COMPANIES
from porchlight.schools.models import CompanyAccountQuerySet
from porchlight.schools.tiers import Tier


class VoiceAccount(WordsAccount):
    """It reads the languages that have a voice here, and no other: the words go to that company."""

    noun = "voice"

    company = models.CharField(max_length=40)  # a name of voices/registry.py
    voices = models.JSONField(default=dict)  # our tag → the company's name of the voice

    objects = CompanyAccountQuerySet["VoiceAccount"].as_manager()
    tiers = {"company": Tier.L2, "voices": Tier.L2, **WordsAccount.tiers}
    of_the_school = frozenset(tiers)
    plain_because = {"settings": "The company's address; what opens an account is among its secrets."}

    class Meta:
        constraints = held_and_personal("voice")

    def __str__(self) -> str:
        return self.adapter.label

    @property
    def adapter(self) -> CloudVoice:
        """Raises KeyError."""
        return COMPANIES[self.company]
