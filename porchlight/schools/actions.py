"""What the office and leaders do to the school itself: its facts, its terms and its holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction

from porchlight.schools.actors import Actor
from porchlight.schools.models import Closure, School, Term
from porchlight.schools.signals import done


@transaction.atomic
def change_school(school: School, *, by: Actor, values: Mapping[str, Any]) -> list[str]:
    """Write what differs. Returns the names of the fields that changed."""
    changed = sorted(name for name, value in values.items() if getattr(school, name) != value)
    for name in changed:
        setattr(school, name, values[name])
    if changed:
        school.save(update_fields=changed)
        _record("school.changed", school, by, fields=changed)
    return changed


@transaction.atomic
def add_term(*, school: School, name: str, starts_on: date, ends_on: date, by: Actor) -> Term:
    """A stretch of the school year."""
    term = Term.objects.create(school=school, name=name, starts_on=starts_on, ends_on=ends_on)
    _record("term.added", term, by)
    return term


@transaction.atomic
def add_closure(*, school: School, name: str, starts_on: date, ends_on: date, by: Actor) -> Closure:
    """Days without school."""
    closure = Closure.objects.create(school=school, name=name, starts_on=starts_on, ends_on=ends_on)
    _record("closure.added", closure, by)
    return closure


@transaction.atomic
def take_away(row: Term | Closure, *, by: Actor) -> None:
    """It was written down by mistake, or fell through."""
    _record(f"{row._meta.model_name}.taken_away", row, by, starts_on=str(row.starts_on))
    row.delete()


def _record(verb: str, about: models.Model, by: Actor, **facts: object) -> None:
    done.send(sender=type(about), verb=verb, about=about, by=by, facts=facts)
