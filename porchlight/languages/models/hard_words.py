"""Words that a school knows its families stumble over, and the plain ones it says instead."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import KeyedModel, StaffMember, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class HardWordQuerySet(TenantQuerySet["HardWord"]):
    """All staff may read the list: it is there to be used while writing."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind in {Kind.STAFF, Kind.SYSTEM} else rows.none()


class HardWord(KeyedModel):
    """One word or a few, as it is written in one language."""

    KEEPERS = (Role.OFFICE, Role.LEADER, Role.LIAISON)

    language = models.CharField(max_length=20)  # a tag as `pairs.plain` writes it
    words = models.CharField(max_length=80)
    plain = models.CharField(max_length=120)  # what is said instead
    written_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=school_time.now)

    objects = HardWordQuerySet.as_manager()
    tiers = {"words": Tier.L0, "plain": Tier.L0}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "language", "words"], name="hard_word_once")]
