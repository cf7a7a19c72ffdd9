"""Who leads the school and who safeguards is a leader's choice: no list that somebody else takes names or removes one.

A list says who teaches. Who may take one may also write one, and would name themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from porchlight.activity.record import record
from porchlight.rosters.models import RosterImport
from porchlight.schools.actors import Actor, Role, may_give
from porchlight.schools.models import StaffRole


@contextmanager
def roles_stay(run: RosterImport, *, by: Actor) -> Iterator[None]:
    """Around what an import writes: roles that `by` may not give are afterwards what they were, and it is recorded."""
    theirs = may_give(by)
    beyond = [role.value for role in Role if role not in theirs]
    rows = StaffRole.objects.in_school(run.school_id).filter(role__in=beyond)
    before = {row.pk: row for row in rows} if beyond else {}
    yield
    if not beyond:
        return
    after = set(rows.values_list("pk", flat=True))
    given = list(rows.exclude(pk__in=before))
    taken = [row for pk, row in before.items() if pk not in after]
    if given or taken:
        rows.exclude(pk__in=before).delete()
        StaffRole.objects.bulk_create(taken, ignore_conflicts=True)
        people = sorted({row.staff_id for row in (*given, *taken)})
        record("roster.roles_left_to_leaders", about=run, by=by, staff=people)
