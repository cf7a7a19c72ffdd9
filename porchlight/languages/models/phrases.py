"""A phrase of Porchlight's own in a school's own words: who said it better, who took it over, when, until when."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from porchlight.languages.models.parents import ParentReader
from porchlight.schools.actors import KEEPERS, Role
from porchlight.schools.models import ForRolesQuerySet, KeyedModel, StaffMember
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class OwnPhraseQuerySet(ForRolesQuerySet["OwnPhrase"]):
    """The keepers of parents who read see them: beside each stands who said it."""

    roles = (*KEEPERS, Role.LIAISON)

    def standing(self) -> Self:
        """Said to homes now."""
        return self.filter(withdrawn_at=None)


class OwnPhrase(KeyedModel):
    """One phrase in one language. Of those that stand, `School.own_phrases` holds the words."""

    KEPT_BY = OwnPhraseQuerySet.roles

    language = models.CharField(max_length=20)  # of the phrase book it stands in for
    phrase = models.CharField(max_length=60)  # its name there
    text = models.TextField()
    stood = models.TextField()  # what homes were told before
    said_by = models.ForeignKey(
        ParentReader, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(default=school_time.now)
    withdrawn_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OwnPhraseQuerySet.as_manager()
    tiers = {"text": Tier.L0, "stood": Tier.L0, "phrase": Tier.L0}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "language", "phrase"],
                condition=Q(withdrawn_at=None),
                name="own_phrase_once",
            ),
        ]
