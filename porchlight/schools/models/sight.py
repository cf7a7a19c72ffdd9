"""The three usual answers to who may see a row of a table. Tables with another answer write `visible_to` themselves."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models.tenants import TenantModel, TenantQuerySet


class ForRolesQuerySet[M: TenantModel](TenantQuerySet[M]):
    """Seen by colleagues in one of `roles`; with none, by the system alone."""

    roles: ClassVar[tuple[Role, ...]] = ()

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.kind is Kind.SYSTEM or actor.is_one_of(*self.roles) else rows.none()


class AtWorkQuerySet[M: TenantModel](TenantQuerySet[M]):
    """Seen by everybody who works at the school."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if actor.is_staff or actor.kind is Kind.SYSTEM else rows.none()


class SeenWithQuerySet[M: TenantModel](TenantQuerySet[M]):
    """Seen by whoever sees the row that the field `seen_with` leads to."""

    seen_with: ClassVar[str]

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        if actor.kind is Kind.SYSTEM:
            return rows
        whole: Any = self.model._meta.get_field(self.seen_with).related_model
        return rows.filter(**{f"{self.seen_with}__in": whole.objects.visible_to(actor)})
