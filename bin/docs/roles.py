"""Who sees what, asked of the code itself: each model's `visible_to()` for each kind of actor; and the tiers."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import EmptyResultSet
from django.db import models
from tables import table

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.install import tenant_models
from porchlight.schools.models import TenantModel
from porchlight.schools.tiers import Tier

ACTORS = {
    **{role.value: Actor(Kind.STAFF, 1, 1, frozenset({role})) for role in Role},
    "guardian": Actor(Kind.GUARDIAN, 1, 1),
    "student": Actor(Kind.STUDENT, 1, 1),
    "link holder": Actor(Kind.LINK, 1, 1),
}
TRAVELS = {
    Tier.L0: "anywhere",
    Tier.L1: "the confirmed own channel of whom it concerns",
    Tier.L2: "only after proof of person",
    Tier.L3: "never outside the school",
}


def page() -> str:
    """Markdown."""
    rows = [
        (
            f"{model._meta.app_label}",
            str(model._meta.verbose_name),
            *(_sees(model, actor) for actor in ACTORS.values()),
        )
        for model in _models()
    ]
    tiers = [(f"{tier.name}", TRAVELS[tier], ", ".join(fields)) for tier, fields in _tiers()]
    return f"""# Who sees what

Every page reaches rows through `visible_to(actor)`; this table is what those methods answer, asked for an actor
with one role. **all**: every row of their own school. **some**: only rows they have to do with, such as a
teacher's own classes. **–**: none. Nobody sees another school's rows: the database refuses that by itself
([decision 4](decisions/0004-the-wall.md)).

{table(("room", "rows", *ACTORS), rows)}
## Tiers: how far words may travel

Each field that holds somebody's words or particulars has a tier.

{table(("tier", "may travel", "fields"), tiers)}
"""


def _models() -> list[type[TenantModel]]:
    return sorted(tenant_models(), key=lambda model: model._meta.label_lower)


def _sees(model: type[TenantModel], actor: Actor) -> str:
    rows = model._default_manager.visible_to(actor)  # type: ignore[attr-defined]  # every tenant manager has it
    everything = model._default_manager.filter(school_id=actor.school_id)
    if rows.query.is_empty() or _sql(rows) is None:
        return "–"
    return "all" if _sql(rows) == _sql(everything) else "some"


def _sql(rows: models.QuerySet[TenantModel]) -> str | None:
    try:
        return str(rows.order_by().query)
    except EmptyResultSet:
        return None


def _tiers() -> Iterator[tuple[Tier, list[str]]]:
    for tier in Tier:
        yield (
            tier,
            [
                f"{model._meta.label}.{name}"
                for model in _models()
                for name, own in getattr(model, "tiers", {}).items()
                if own is tier
            ],
        )
