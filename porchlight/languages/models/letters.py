"""How a school spells words in Latin letters, where people put a machine's spelling right."""

from __future__ import annotations

from django.db import models

from porchlight.languages.models.words import ForAllStaff, WrittenWord
from porchlight.schools.actors import KEEPERS, Role
from porchlight.schools.tiers import Tier


class Spelling(WrittenWord):
    """One word of a language in its own letters, and how it is written in Latin ones. Never somebody's name."""

    KEPT_BY = (*KEEPERS, Role.LIAISON, Role.INTERPRETER)

    language = models.CharField(max_length=20)  # `ur` or `ps`
    word = models.CharField(max_length=80)  # plain, see `letters.lexicon.plain`
    latin = models.CharField(max_length=80)

    objects = ForAllStaff["Spelling"].as_manager()
    tiers = {"word": Tier.L0, "latin": Tier.L0, "language": Tier.L0}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "language", "word"], name="spelling_once"),
        ]
