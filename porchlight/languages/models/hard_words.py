"""Words that a school knows its families stumble over, and the plain ones it says instead."""

from __future__ import annotations

from django.db import models

from porchlight.languages.models.words import ForAllStaff, WrittenWord
from porchlight.schools.actors import KEEPERS, Role
from porchlight.schools.tiers import Tier


class HardWord(WrittenWord):
    """One word or a few, as it is written in one language."""

    KEPT_BY = (*KEEPERS, Role.LIAISON)

    language = models.CharField(max_length=20)  # a tag as `pairs.plain` writes it
    words = models.CharField(max_length=80)
    plain = models.CharField(max_length=120)  # what is said instead

    objects = ForAllStaff["HardWord"].as_manager()
    tiers = {"words": Tier.L0, "plain": Tier.L0}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "language", "words"], name="hard_word_once")]
