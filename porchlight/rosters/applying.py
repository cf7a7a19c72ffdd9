"""Takes what was looked at: one transaction, everything or nothing, and everything can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from porchlight.rosters.adding import add
from porchlight.rosters.changed_numbers import hold_back
from porchlight.rosters.homes import give_everyone_a_home
from porchlight.rosters.looking import Look, Step
from porchlight.rosters.merging import Merge, merges, put
from porchlight.rosters.models import RosterChange, RosterImport, RosterLink
from porchlight.rosters.targets import BY_KIND, ROLES, set_roles
from porchlight.rosters.writing import in_batches


def write(looked: Look, run: RosterImport, *, now: datetime, step: Step) -> None:
    """Write an import's differences. Call it in a transaction that holds the school's lock."""
    step("changing")
    found = merges(looked.staging, looked.school, looked.source, now=now)
    for batch in in_batches(found):
        _rows(batch)
        _bookkeeping(batch, run)
    add(looked.staging, looked.school, run, now=now, step=step)
    hold_back(run, looked.school, now=now)
    step("homes")
    give_everyone_a_home(looked.school, now=now)


def _rows(batch: Iterable[Merge]) -> None:
    """Set the fields that change, kind by kind and one statement for all rows that change the same ones."""
    changing = [merge for merge in batch if merge.after]
    for merge in changing:
        put(merge.row, merge.after)
        if ROLES in merge.after:
            set_roles(merge.row, merge.after[ROLES])
    for (kind, names), rows in groupby(sorted(changing, key=_what), key=_what):
        columns = [name for name in names if name != ROLES]
        if columns:
            BY_KIND[kind].model._default_manager.bulk_update([merge.row for merge in rows], columns)


def _what(merge: Merge) -> tuple[str, tuple[str, ...]]:
    return merge.kind, tuple(sorted(merge.after))


def _bookkeeping(batch: Iterable[Merge], run: RosterImport) -> None:
    """Links say what the source now says; changes remember what was before."""
    adopted = [merge for merge in batch if not merge.link]
    known = [merge for merge in batch if merge.link]
    links = RosterLink.objects.bulk_create(
        RosterLink(
            school_id=run.school_id,
            source=run.source,
            kind=merge.kind,
            record_key=merge.key,
            object_id=merge.row.pk,
            values=merge.values,
            adopted=True,
            added_in=run,
        )
        for merge in adopted
    )
    for merge, link in zip(adopted, links, strict=True):
        merge.link = link.pk
    RosterLink.objects.bulk_update([_link(merge, run) for merge in known], ["values", "gone_in", "object_id"])
    RosterChange.objects.bulk_create(
        RosterChange(
            school_id=run.school_id,
            run=run,
            link_id=merge.link,
            values_before=merge.values_before,
            gone_before_id=merge.gone_before,
            before=merge.before,
            after=merge.after,
        )
        for merge in batch
    )


def _link(merge: Merge, run: RosterImport) -> Any:
    gone = run.pk if merge.state == "removed" else None
    return RosterLink(pk=merge.link, values=merge.values, gone_in_id=gone, object_id=merge.row.pk)
