"""Who sees what, asked of the code itself: a table's `visible_to()` for an actor of each kind."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import TenantModel

ACTORS: Mapping[str, Actor] = {
    **{role.value: Actor(Kind.STAFF, 1, 1, frozenset({role})) for role in Role},
    "guardian": Actor(Kind.GUARDIAN, 1, 1),
    "student": Actor(Kind.STUDENT, 1, 1),
    "link holder": Actor(Kind.LINK, 1, 1),
}


class Sight(enum.StrEnum):
    """How much of a table somebody sees."""

    ALL = "all"  # every row of their own school
    SOME = "some"  # rows they have to do with
    NONE = "–"


# As a family reads it; in the order of a sentence.
READERS: Mapping[Role, Promise] = {
    Role.TEACHER: _("your child’s teachers"),
    Role.LEADER: _("who leads the school"),
    Role.OFFICE: _("the office"),
    Role.SAFEGUARDING: _("who keeps children safe"),
    Role.COUNSELLOR: _("a counsellor"),
    Role.LIAISON: _("a liaison"),
    Role.INTERPRETER: _("an interpreter"),
}
FOR_ONE_FAMILY = frozenset({Role.COUNSELLOR, Role.LIAISON, Role.INTERPRETER})  # unless they see every row


class Readers(NamedTuple):
    """Who at school may read something."""

    always: tuple[Promise, ...]
    asked: tuple[Promise, ...]  # of a child whom they teach, or where they were asked in


def sees(model: type[TenantModel], actor: Actor) -> Sight:
    """What this actor is shown of a table."""
    rows = model._default_manager.visible_to(actor)  # type: ignore[attr-defined]  # every tenant manager has it
    everything = model._default_manager.filter(school_id=actor.school_id)
    if rows.query.is_empty() or _sql(rows) is None:
        return Sight.NONE
    return Sight.ALL if _sql(rows) == _sql(everything) else Sight.SOME


@cache
def readers(label: str) -> Readers:
    """Who at school may read rows of a table ("conversations.Thread"), in a family's words. Asks no database."""
    model = apps.get_model(label)
    seen = {role: sees(model, ACTORS[role.value]) for role in READERS}
    asked = {role for role in FOR_ONE_FAMILY if seen[role] is Sight.SOME}
    return Readers(
        tuple(words for role, words in READERS.items() if role not in asked and seen[role] is not Sight.NONE),
        tuple(words for role, words in READERS.items() if role in asked),
    )


def _sql(rows: models.QuerySet[TenantModel]) -> str | None:
    try:
        return str(rows.order_by().query)
    except EmptyResultSet:
        return None
