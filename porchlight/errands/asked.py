"""Rows that somebody is asked to see to by an errand, and who sees them meanwhile."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat

from porchlight.errands.models import Errand, ErrandKind
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import KeyedModel, TenantQuerySet


def asked_about(noun: str, key: str, staff_id: int) -> str:
    """How the errand of somebody who is asked names the row it is about."""
    return f"{noun}:{key}:{staff_id}"


class AskedQuerySet[M: KeyedModel](TenantQuerySet[M]):
    """Seen by whoever was asked, for as long as that errand is open, and no longer."""

    errand: ClassVar[ErrandKind]
    noun: ClassVar[str]  # what their errands call such a row

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        if not actor.is_staff or not actor.post_id:
            return rows.none()
        asked = Concat(Value(f"{self.noun}:"), OuterRef("key"), Value(f":{actor.post_id}"))
        mine = Errand.objects.in_school(actor.school_id).filter(
            kind=self.errand, assigned_to=actor.post_id, done_at=None, about=asked
        )
        return rows.filter(Exists(mine))
