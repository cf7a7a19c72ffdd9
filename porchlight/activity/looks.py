"""The record of looks: who saw whose personal or safeguarding words, on which page, when, and why if it was asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from porchlight.activity.models import Entry, LookedAt
from porchlight.activity.record import record
from porchlight.schools.actors import Actor
from porchlight.schools.models import TenantModel

LOOK = "words.looked_at"


@transaction.atomic
def write_look(*, by: Actor, page: str, shown: Mapping[TenantModel, int], why: str = "") -> Entry:
    """One entry for one look, about the row of the highest tier; and one line for each child it showed words about.

    `shown`: rows, each with the tier of what stood on the page; at least one.
    """
    ids: dict[str, list[int]] = defaultdict(list)
    for row in shown:
        ids[row._meta.label_lower].append(row.pk)
    first = max(shown, key=lambda row: shown[row])
    things = {label: sorted(found) for label, found in sorted(ids.items())}
    entry = record(
        LOOK, about=first, by=by, words=why, page=page, tier=int(max(shown.values())), things=things
    )
    LookedAt.objects.bulk_create(
        LookedAt(school_id=by.school_id, entry=entry, student_id=student)
        for student in sorted(_children(shown))
    )
    return entry


def _children(shown: Mapping[TenantModel, int]) -> set[int]:
    """Ids of the children these rows are about: one query for each way from a table to them."""
    rows: dict[type[TenantModel], list[int]] = defaultdict(list)
    for row in shown:
        rows[type(row)].append(row.pk)
    return {
        student
        for model, ids in rows.items()
        for way in model.children
        for student in model._default_manager.filter(pk__in=ids).values_list(way, flat=True)
        if student is not None
    }


def looks_at(school_id: int, student_id: int) -> QuerySet[Entry]:
    """Every look at words about one child, the latest first."""
    found = LookedAt.objects.in_school(school_id).filter(student_id=student_id)
    return Entry.objects.in_school(school_id).filter(verb=LOOK, pk__in=found.values("entry")).order_by("-pk")
