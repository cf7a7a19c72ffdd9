"""The register: what every room says of its tables, put together."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models

from porchlight.schools.models import TenantModel
from porchlight.toolbox.kept import Kept

type Model = type[models.Model]


@cache
def register() -> Mapping[Model, Kept]:
    """Every table somebody spoke of. Tables that are not there, such as an optional package's, are left out."""
    found: dict[Model, Kept] = {}
    for app in apps.get_app_configs():
        said = getattr(sys.modules.get(f"{app.name}.kept"), "KEPT", {})
        for label, kept in said.items():
            found[apps.get_model(label)] = kept
    return found


def of_schools() -> Iterator[tuple[type[TenantModel], Kept]]:
    """Those whose rows belong to one school."""
    for model, kept in register().items():
        if issubclass(model, TenantModel):
            yield model, kept


def tier_of(model: Model, name: str) -> int:
    """How far a field's content may travel: as its model says, else as its room does for the table."""
    return int(getattr(model, "tiers", {}).get(name, register()[model].tier))


def every_model() -> list[Model]:
    """Each table of the database, those between two others too."""
    return list(apps.get_models(include_auto_created=True))


def unsaid() -> list[str]:
    """Tables, and fields of tables, of which no room says what they are for. Empty: the register is whole."""
    missing = []
    for model in every_model():
        kept = register().get(model)
        if kept is None:
            missing.append(model._meta.label)
            continue
        names = [field.name for field in model._meta.local_fields]
        missing += [f"{model._meta.label}.{name}" for name in names if kept.sort_of(name) is None]
    return missing


def wrongly_said() -> list[str]:
    """What the register says of fields that are not there or says twice; and ways and clocks that lead nowhere."""
    wrong = []
    for model, kept in register().items():
        names, said = {field.name for field in model._meta.local_fields}, kept.named()
        wrong += [f"{model._meta.label}.{name}" for name in said if name not in names or said.count(name) > 1]
        others = [*kept.withheld, *kept.empties]
        wrong += [f"{model._meta.label}: {name}" for name in others if name not in said]
        for way in (*kept.child, *kept.adult, *kept.unless, *([kept.since] if kept.since else [])):
            try:
                model._base_manager.values_list(way).query.clone()
            except FieldError:
                wrong.append(f"{model._meta.label}: {way}")
    return wrong
