"""The base of every row that belongs to a school."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models

from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models.school import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox.keys import random_key


class TenantQuerySet[M: "TenantModel"](models.QuerySet[M]):
    """Rows of a tenant table. Every room adds `visible_to(actor)`; nothing else hands rows to a page."""

    def in_school(self, school: School | int) -> Self:
        """The first wall: rows of this school alone."""
        return self.filter(school_id=school if isinstance(school, int) else school.pk)

    def visible_to(self, actor: Actor) -> Self:
        """What this actor may see. The base refuses other schools, and a room narrows it.

        Rows of a table whose room says nothing about who may see them are seen by the system alone.
        """
        rows = self.in_school(actor.school_id)
        nobody_said = type(self).visible_to is TenantQuerySet.visible_to
        return rows.none() if nobody_said and actor.kind is not Kind.SYSTEM else rows


class TenantModel(models.Model):
    """A row that belongs to one school. The second wall (`wall.py`) is built on `school_id`."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")

    # True: the application's database role may add rows, never alter them.
    append_only: ClassVar[bool] = False
    # How far each field that holds words or particulars may travel; docs/roles.md shows them all.
    tiers: ClassVar[Mapping[str, Tier]] = {}
    # Fields that are the school's own and tell of no person: nobody's look at them is recorded.
    of_the_school: ClassVar[frozenset[str]] = frozenset()
    # Fields that name a person of a family: how many people a colleague's pages show is counted by them.
    names_somebody: ClassVar[tuple[str, ...]] = ()
    # Ways from a row to the children it is about, as a query writes them.
    children: ClassVar[tuple[str, ...]] = ()
    # Fields of the highest tier that do not stand sealed in the database, each with its reason.
    plain_because: ClassVar[Mapping[str, str]] = {}

    class Meta:
        abstract = True


class KeyedModel(TenantModel):
    """A tenant row that appears in an address: known by a random key, never by a counter."""

    key = models.CharField(max_length=12, unique=True, default=random_key, editable=False)

    class Meta:
        abstract = True
