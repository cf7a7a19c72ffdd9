"""When school is on."""

from __future__ import annotations

from typing import Self

from django.db import models

from porchlight.schools.actors import Actor
from porchlight.schools.models.tenants import TenantModel, TenantQuerySet
from porchlight.schools.tiers import Tier


class TermQuerySet(TenantQuerySet["Term"]):
    """School days are no secret: everyone of the school may see them."""

    def visible_to(self, actor: Actor) -> Self:
        return super().visible_to(actor)


class Term(TenantModel):
    """A stretch of the school year, first and last day included."""

    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    source_id = models.CharField(max_length=255, blank=True)

    objects = TermQuerySet.as_manager()
    tiers = {"name": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="term_ends_after_start"
            )
        ]


class ClosureQuerySet(TenantQuerySet["Closure"]):
    """No secret either."""

    def visible_to(self, actor: Actor) -> Self:
        return super().visible_to(actor)


class Closure(TenantModel):
    """Days without school inside a term: a holiday, an election, snow. First and last day included."""

    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = ClosureQuerySet.as_manager()
    tiers = {"name": Tier.L0}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="closure_ends_after_start"
            )
        ]
