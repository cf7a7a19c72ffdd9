"""Gives a school a new data key, and every sealed field of it a new seal, while pages and workers go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import models, transaction
from django.db.models.functions import Cast

from porchlight.schools import vault
from porchlight.schools.install import tenant_models
from porchlight.schools.models import School, SchoolKey, TenantModel
from porchlight.schools.sealed_fields import Closed, ClosedTextField
from porchlight.schools.wall import school_context

BATCH = 500
KEPT_AFTER = timedelta(
    days=1
)  # a key just retired may still be in the hand of a transaction that is under way


class Sealing(NamedTuple):
    """What a rotation did in one school: rows sealed anew, keys wrapped anew, old keys thrown away."""

    fields: int
    wrapped: int
    dropped: int


def sealed_fields() -> Iterator[tuple[type[TenantModel], ClosedTextField]]:
    """Every field of every tenant table that is kept sealed."""
    for model in tenant_models():
        for field in model._meta.local_fields:
            if isinstance(field, ClosedTextField):
                yield model, field


def rotate(school: School, *, now: datetime, data: bool = True) -> Sealing:
    """Wrap the school's keys under the newest seal key and, with `data`, seal everything under a new data key.

    Outside any transaction: each handful of rows is its own, so that nobody waits. May be broken off and run again.
    Raises WrongSeal when a seal key is missing; what opened until then is done.
    """
    with school_context(school):
        wrapped = sum(map(vault.wrap_anew, SchoolKey.objects.in_school(school)))
        if data:
            SchoolKey.objects.in_school(school).current().update(retired_at=now)
            vault.make_key(school.pk)
    fields = sum(_seal_anew(school, model, field) for model, field in sealed_fields()) if data else 0
    with school_context(school):
        return Sealing(fields, wrapped, _drop_unused(school, now))


def kept_plain(school: School) -> int:
    """How many fields an older version left unsealed. In the school's context."""
    return sum(
        model._default_manager.filter(school=school)
        .annotate(as_kept=Cast(field.attname, models.TextField()))
        .exclude(as_kept="")
        .exclude(as_kept__startswith=vault.SEALED)
        .count()
        for model, field in sealed_fields()
    )


def _seal_anew(school: School, model: type[TenantModel], field: ClosedTextField) -> int:
    done, last = 0, 0
    while True:
        with school_context(school):
            rows = (
                model._default_manager.filter(school=school)
                .filter(pk__gt=last)
                .exclude(**{field.attname: ""})
            )
            some = list(rows.order_by("pk")[:BATCH])
            newest = vault.current_key(school.pk).key
            done += sum(_renewed(row, field, newest) for row in some)
        if len(some) < BATCH:
            return done
        last = some[-1].pk


def _renewed(row: TenantModel, field: ClosedTextField, newest: str) -> bool:
    """One field of one row, unless somebody wrote it meanwhile: then it is sealed with the new key already."""
    before = row.__dict__[field.attname]
    name = vault.key_of(before)
    if name == newest:
        return False
    words = field.opened(row, before) if name or before.startswith("1.") else before
    here = type(row)._default_manager.filter(school_id=row.school_id).filter(pk=row.pk)
    return bool(
        here.filter(**{field.attname: Closed(before)}).update(**{field.attname: field.closed(row, words)})
    )


@transaction.atomic
def _drop_unused(school: School, now: datetime) -> int:
    """Throw away data keys that were retired a day ago and close nothing any more."""
    old = SchoolKey.objects.in_school(school).retired_before(now - KEPT_AFTER)
    in_use = (
        {
            vault.key_of(text)
            for model, field in sealed_fields()
            for text in model._default_manager.filter(school=school)
            .exclude(**{field.attname: ""})
            .values_list(field.attname, flat=True)
            .iterator()
        }
        if old.exists()
        else set()
    )
    return sum(key.delete()[0] for key in old if key.key not in in_use)
