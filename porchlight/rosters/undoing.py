"""Takes an import back: what it changed says again what it said, who it removed is here again, who it added leaves.

Nothing is erased: a row that the import added is marked as over, since somebody may have written to it meanwhile. A
field that a person changed after the import keeps the person's word.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from porchlight.families.models import Restriction
from porchlight.rosters.homes import give_everyone_a_home
from porchlight.rosters.merging import put
from porchlight.rosters.models import RosterChange, RosterImport, RosterLink
from porchlight.rosters.targets import ROLES, TARGETS, Target, current, end, set_roles
from porchlight.schools.models import School

BATCH = 500


def take_back(run: RosterImport, school: School, *, now: datetime, step: Callable[[str], None]) -> None:
    """Undo an import. Call it in a transaction that holds the school's lock, on the latest import of its source."""
    step("changing")
    _restore(run)
    _let_the_new_go(run, school, now, step)
    step("homes")
    give_everyone_a_home(school, now=now)


def _restore(run: RosterImport) -> None:
    changes = RosterChange.objects.filter(run=run).select_related("link").order_by("pk")
    for start in range(0, changes.count(), BATCH):
        batch = list(changes[start : start + BATCH])
        for target in TARGETS:
            _restore_rows(target, [change for change in batch if change.link.kind == target.kind])
        for change in batch:
            change.link.values = change.values_before
            change.link.gone_in_id = change.gone_before_id
        RosterLink.objects.bulk_update([change.link for change in batch], ["values", "gone_in"])
    RosterLink.objects.filter(added_in=run, adopted=True).delete()


def _restore_rows(target: Target, changes: list[RosterChange]) -> None:
    rows = target.model._default_manager.in_bulk([change.link.object_id for change in changes])
    for change in changes:
        row = rows.get(change.link.object_id)
        if row is None:
            continue
        back = {
            name: said for name, said in change.before.items() if current(row, name) == change.after[name]
        }
        put(row, back)
        if ROLES in back:
            set_roles(row, back[ROLES])
        columns = [name for name in back if name != ROLES]
        if columns:
            row.save(update_fields=columns)


def _let_the_new_go(run: RosterImport, school: School, now: datetime, step: Callable[[str], None]) -> None:
    today = school.local(now).date()
    for target in TARGETS:
        step(target.kind)
        new = RosterLink.objects.in_school(school).filter(added_in=run, kind=target.kind, adopted=False)
        ids = list(new.values_list("object_id", flat=True))
        for start in range(0, len(ids), BATCH):
            rows = target.model._default_manager.filter(pk__in=ids[start : start + BATCH])
            if target.kind == "restriction":
                Restriction.objects.filter(pk__in=rows.values("pk"), lifted_at=None).update(lifted_at=now)
            elif target.ends_on_a_day:
                rows.update(**{target.over: end(target, now, today)})
            elif target.over:
                rows.filter(**{target.over: None}).update(**{target.over: now})
        new.update(gone_in=run)
