"""Takes rows away for good, those that hang on others first; what a duty keeps stays, with what it needs to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from graphlib import TopologicalSorter
from typing import Any, cast

from django.db import models

from porchlight.files.keeping import throw_away
from porchlight.files.models import StoredFile
from porchlight.privacy.gathering import Rows, brought_along, in_parts
from porchlight.privacy.register import of_schools
from porchlight.schools.install import tenant_keys, tenant_models
from porchlight.schools.models import TenantModel
from porchlight.toolbox.kept import Ground, Limit


@cache
def order() -> tuple[type[TenantModel], ...]:
    """Tables of schools, each before those it points at."""
    tenants = tenant_models()
    sorter: TopologicalSorter[Any] = TopologicalSorter()
    for model in tenants:
        sorter.add(model)
        for key in tenant_keys(model, tenants):
            if key.related_model is not model and key.remote_field.on_delete is not models.SET_NULL:
                sorter.add(key.related_model, model)
    return tuple(sorter.static_order())


def duty_bound(found: Rows, end: Mapping[Limit, datetime]) -> Rows:
    """Of these rows, those a duty of safeguarding keeps until its own limit, with every row they are read with."""
    held: Rows = defaultdict(set)
    for model, kept in of_schools():
        if kept.limit is not Limit.SAFETY or kept.ground is not Ground.DUTY or model not in found:
            continue
        over = model._default_manager.filter(**{f"{kept.since}__lt": end[Limit.SAFETY]})
        for ids in in_parts(found[model]):
            held[model].update(set(ids) - set(over.filter(pk__in=ids).values_list("pk", flat=True)))
    return with_what_they_need(held)


def with_what_they_need(rows: Rows) -> Rows:
    """These rows, whatever they point at and cannot be without, and the files that belong to them."""
    held: Rows = defaultdict(set, {model: set(ids) for model, ids in rows.items()})
    tenants = tenant_models()
    for model in order():
        for key in tenant_keys(model, tenants):
            if key.remote_field.on_delete is models.SET_NULL:
                continue
            for ids in in_parts(held[model]):
                needed = model._default_manager.filter(pk__in=ids).exclude(**{key.name: None})
                held[cast("type[TenantModel]", key.related_model)].update(
                    needed.values_list(key.attname, flat=True)
                )
    brought_along(held)
    return {model: ids for model, ids in held.items() if ids}


def remove(found: Rows, held: Rows) -> dict[str, int]:
    """Delete these rows but the held ones, and those that others still share. Table → how many went.

    Entries of the record stay: they hold ids that now point at nothing, and the chain is whole.
    """
    gone: dict[str, int] = defaultdict(int)
    unless = {model: kept.unless for model, kept in of_schools()}
    for model in order():
        ids = found.get(model, set()) - held.get(model, set())
        if model is StoredFile or model.append_only or not ids:
            continue
        for part in in_parts(ids):
            rows = model._default_manager.filter(pk__in=part)
            for other in unless[model]:
                rows = rows.filter(**{f"{other}__isnull": True})
            gone[model._meta.label] += rows.count()
            rows.delete()
    gone[StoredFile._meta.label] = remove_files(found.get(StoredFile, set()) - held.get(StoredFile, set()))
    return {label: number for label, number in gone.items() if number}


def remove_files(ids: set[int]) -> int:
    """Delete the files of these that no row points at any more, bytes and all. How many."""
    count = 0
    for part in in_parts(ids):
        rows = StoredFile.objects.filter(pk__in=part)
        for model, name in pointing_at_files():
            used = model._default_manager.filter(**{f"{name}__in": part}).values_list(name, flat=True)
            rows = rows.exclude(pk__in=list(used))
        for file in rows:
            throw_away(file)
            count += 1
    return count


@cache
def pointing_at_files() -> tuple[tuple[type[TenantModel], str], ...]:
    """Every field that names a file."""
    tenants = tenant_models()
    return tuple(
        (model, key.name)
        for model in tenants
        for key in tenant_keys(model, tenants)
        if key.related_model is StoredFile
    )
