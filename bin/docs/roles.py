"""Who sees what, asked of the code itself: each model's `visible_to()` for each kind of actor; and the tiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from tables import table

from porchlight.schools.install import tenant_models
from porchlight.schools.models import TenantModel
from porchlight.schools.sight import ACTORS, sees
from porchlight.schools.tiers import Tier

OPENERS = [who for who in ACTORS if who != "link holder"]
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
            *(sees(model, actor).value for actor in ACTORS.values()),
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
A row of dashes is reached only through another row's page, never by looking round.

## Who may open which page

A page that is not yours is a page that is not there: the same 404. Pages that are missing here stand open, and
[a test](../tests/test_house_doors.py) says what guards each of them.

{table(("page", "address", *OPENERS), _pages())}
## Tiers: how far words may travel

Each field that holds somebody's words or particulars has a tier.

{table(("tier", "may travel", "fields"), tiers)}
"""


def _pages(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = "", room: str = ""
) -> Iterator[tuple[str, ...]]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _pages(entry.url_patterns, route, entry.namespace or room)
        elif may := getattr(entry.callback, "opens_for", None):
            opens = ("yes" if may(ACTORS[who]) else "–" for who in OPENERS)
            yield (
                f"{room}: {str(entry.name).replace('_', ' ')}",
                f"`/{re.sub('<[a-z]+:', '<', route)}`",
                *opens,
            )


def _models() -> list[type[TenantModel]]:
    return sorted(tenant_models(), key=lambda model: model._meta.label_lower)


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
