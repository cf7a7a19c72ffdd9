"""A school's own key for what is sealed in its rows."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models

from porchlight.schools.models.tenants import KeyedModel, TenantQuerySet
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time


class SchoolKeyQuerySet(TenantQuerySet["SchoolKey"]):
    """Keys are nobody's to see: the system alone reaches them."""

    def current(self) -> Self:
        """The one that new seals use."""
        return self.filter(retired_at=None)

    def retired_before(self, moment: datetime) -> Self:
        """No process can still be sealing with these."""
        return self.filter(retired_at__lt=moment)


class SchoolKey(KeyedModel):
    """A data key, wrapped under the server's seal key, which no database holds. `key` is its name in each seal.

    Whoever has the rows without the seal key has nothing; a school whose keys are gone is unreadable for good.
    """

    wrapped = models.TextField()
    made_at = models.DateTimeField(default=school_time.now)
    retired_at = models.DateTimeField(null=True, blank=True)  # opens what it sealed, seals nothing new

    objects = SchoolKeyQuerySet.as_manager()
    tiers = {"wrapped": Tier.L3}
    of_the_school = frozenset({"wrapped"})
    plain_because = {"wrapped": "It is a seal itself, under the server's seal key."}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=models.Q(retired_at=None), name="school_key_current_once"
            )
        ]
