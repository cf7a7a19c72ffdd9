"""The sealer: puts new entries into their school's chain, a worker's job every minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from porchlight.activity.chain import BEFORE_THE_FIRST, Fault, Link, Sealed, digest_of, faults, link
from porchlight.activity.models import Entry, EntrySeal, EntryText
from porchlight.schools.models import School

BATCH = 1_000
LATE = timedelta(hours=1)  # a transaction that was open so long is none of ours
OVERDUE = timedelta(minutes=15)  # an entry that no sealer took up: is a worker at work?


@transaction.atomic
def seal(school: School, *, now: datetime) -> int:
    """Chain what is not chained yet, in the order of the entries' ids. Returns how many; at most a batch.

    In the school's context. One sealer a school at a time; another leaves it alone.
    """
    here = School.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=school.pk)
    if not here.exists():
        return 0
    last = EntrySeal.objects.in_school(school).order_by("-number").first()
    number, before = (last.number, last.digest) if last else (0, BEFORE_THE_FIRST)
    seals = []
    for entry in _unsealed(school, now)[:BATCH]:
        number += 1
        before = link(before, number, _sealed(entry))
        seals.append(EntrySeal(school=school, entry=entry, number=number, digest=before, sealed_at=now))
    EntrySeal.objects.bulk_create(seals)
    return len(seals)


def _unsealed(school: School, now: datetime) -> QuerySet[Entry]:
    """Entries without a link. Looks no further back than a transaction can have been open."""
    known = EntrySeal.objects.in_school(school).filter(sealed_at__lt=now - LATE).order_by("-number").first()
    entries = Entry.objects.in_school(school).filter(pk__gt=known.entry_id if known else 0)
    return entries.filter(~Exists(EntrySeal.objects.filter(entry=OuterRef("pk")))).order_by("pk")


def record_faults(school: School, anchors: dict[int, str], *, now: datetime) -> Iterator[Fault]:
    """Everything that is wrong with a school's record; nothing when it is as it was written."""
    yield from faults(_links(school), anchors)
    unsealed = Entry.objects.in_school(school).filter(seal=None, at__lt=now - OVERDUE)
    for entry in unsealed.order_by("pk")[:BATCH]:
        yield Fault(0, f"entry {entry.pk} was never sealed, or its link is gone")
    kept = EntryText.objects.in_school(school).exclude(entry__digest="").select_related("entry")
    for words in kept.iterator(BATCH):
        if digest_of(words.text, words.salt) != words.entry.digest:
            yield Fault(0, f"the words beside entry {words.entry_id} were changed")


def _links(school: School) -> Iterator[Link]:
    """Each link with the entry it names, also where that is gone."""
    rows = EntrySeal.objects.in_school(school).order_by("number")
    batch: list[EntrySeal] = []
    for row in rows.iterator(BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield from _with_entries(batch)
            batch = []
    yield from _with_entries(batch)


def _with_entries(seals: list[EntrySeal]) -> Iterator[Link]:
    entries = Entry.objects.in_bulk([row.entry_id for row in seals])
    for row in seals:
        entry = entries.get(row.entry_id)
        yield Link(row.number, row.digest, _sealed(entry) if entry else None)


def _sealed(entry: Entry) -> Sealed:
    return Sealed(*(getattr(entry, name) for name in Sealed._fields))
