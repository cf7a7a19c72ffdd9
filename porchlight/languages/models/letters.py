"""How a school spells words in Latin letters, where people put a machine's spelling right."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class SpellingQuerySet(TenantQuerySet["Spelling"]):
    """All staff may read how words are spelled."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind in {Kind.STAFF, Kind.SYSTEM} else rows.none()


class Spelling(KeyedModel):
    """One word of a language in its own letters, and how it is written in Latin ones. Never somebody's name."""

    KEEPERS = (Role.OFFICE, Role.LEADER, Role.LIAISON, Role.INTERPRETER)

    language = models.CharField(max_length=20)  # `ur` or `ps`
    word = models.CharField(max_length=80)  # plain, see `letters.lexicon.plain`
    latin = models.CharField(max_length=80)
    written_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=school_time.now)

    objects = SpellingQuerySet.as_manager()
    tiers = {"word": Tier.L0, "latin": Tier.L0, "language": Tier.L0}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "language", "word"], name="spelling_once"),
        ]
