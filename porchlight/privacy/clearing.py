"""What time takes away: every row past the limit of its sort goes, but what a hold or a duty keeps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from porchlight.accounts.models import User
from porchlight.families.models import Guardian, Student
from porchlight.files.models import StoredFile
from porchlight.privacy.erasing import OnHold, erase
from porchlight.privacy.gathering import Rows, Subject, about, in_parts
from porchlight.privacy.limits import BOUNDS, ends
from porchlight.privacy.models import Hold
from porchlight.privacy.register import Model, of_schools, register
from porchlight.privacy.removing import duty_bound, order, remove, remove_files, with_what_they_need
from porchlight.rosters import uploads
from porchlight.rosters.models import RosterImport
from porchlight.schools.actors import system
from porchlight.schools.models import School, TenantModel
from porchlight.schools.wall import school_context
from porchlight.toolbox.kept import Kept, Limit

type Ends = dict[Limit, datetime]

PEOPLE = (Student, Guardian)  # with everything about them


def clear(school: School, *, now: datetime) -> dict[str, int]:
    """One round over a school's tables, in its context. Table → rows that went or were emptied."""
    end = ends(school, now)
    gone: Counter[str] = Counter()
    gone.update(_people(school, end, now))
    held = _held(school, end)
    tables = dict(of_schools())
    for model in order():
        kept = tables[model]
        if not kept.since or kept.limit not in end or model in PEOPLE or model is StoredFile:
            continue
        past = _past(model, kept, school, end) - held.get(model, set())
        gone.update(_emptied(model, kept, past) if kept.empties else remove({model: past}, held))
    gone.update(_beside_the_wall(school, end))
    gone[StoredFile._meta.label] += remove_files(_past(StoredFile, tables[StoredFile], school, end))
    return {label: number for label, number in gone.items() if number}


def _people(school: School, end: Ends, now: datetime) -> Counter[str]:
    """Children who left long ago, then adults who did or have no child here any more."""
    gone: Counter[str] = Counter()
    by = system(school.pk)
    alone = Q(ties=None, created_at__lt=end[Limit.ROLL])
    for rows in (
        Student.objects.in_school(school).filter(left_at__lt=end[Limit.ROLL]),
        Guardian.objects.in_school(school).filter(Q(left_at__lt=end[Limit.ROLL]) | alone),
    ):
        for row in rows.order_by("pk").distinct():
            subject = Subject(row)
            if _bound(subject, end):
                continue
            try:
                gone.update(erase(subject, by=by, now=now, in_ledger=False).gone)
            except OnHold:
                continue
    return gone


def _bound(subject: Subject, end: Ends) -> bool:
    """Whether a duty keeps the person's own row: then it is not tried again every day."""
    return subject.row.pk in duty_bound(about(subject), end).get(type(subject.row), set())


def _held(school: School, end: Ends) -> Rows:
    """What no limit takes: by a hold, or by a duty that lasts longer."""
    rows: Rows = defaultdict(set)
    for hold in Hold.objects.in_school(school).in_force().select_related("student", "guardian"):
        person = hold.student or hold.guardian
        assert person is not None  # noqa: S101 - a hold is on one person, says a constraint
        for model, ids in about(Subject(person)).items():
            rows[model] |= ids
    safety = {
        model: set(model._default_manager.filter(school_id=school.pk).values_list("pk", flat=True))
        for model, kept in of_schools()
        if kept.limit is Limit.SAFETY
    }
    for some in (with_what_they_need(rows), duty_bound(safety, end)):
        for model, ids in some.items():
            rows[model] |= ids
    return rows


def _past(model: type[TenantModel], kept: Kept, school: School, end: Ends) -> set[int]:
    rows = model._default_manager.filter(school_id=school.pk, **{f"{kept.since}__lt": end[kept.limit]})
    return set(rows.values_list("pk", flat=True))


def _emptied(model: type[TenantModel], kept: Kept, past: set[int]) -> Counter[str]:
    """The row stays, since others point at it; its words go."""
    columns = {column.name: column for column in model._meta.local_fields}
    blank = {name: columns[name].get_default() for name in kept.empties}
    count = 0
    for ids in in_parts(past):
        if model is RosterImport:
            stored = RosterImport.objects.filter(pk__in=ids).exclude(stored_as="")
            for name in stored.values_list("stored_as", flat=True):
                transaction.on_commit(partial(uploads.discard, name))
        count += model._default_manager.filter(pk__in=ids).exclude(**blank).update(**blank)
    return Counter({model._meta.label: count})


def _beside_the_wall(school: School, end: Ends) -> Counter[str]:
    """Rows of this school in tables that stand outside the wall, such as switches and operators' grants."""
    gone: Counter[str] = Counter()
    for model, kept in _outside():
        if "school" in {column.name for column in model._meta.local_fields}:
            rows = model._default_manager.filter(
                school_id=school.pk, **{f"{kept.since}__lt": end[kept.limit]}
            )
            gone[model._meta.label] += rows.delete()[0]
    return gone


def clear_server(*, now: datetime) -> dict[str, int]:
    """What belongs to no school: sessions, links, tallies, tasks; and sign-ins that nobody holds a post by."""
    gone: Counter[str] = Counter()
    end = server_ends(now)
    for model, kept in _outside():
        rows = model._default_manager.filter(**{f"{kept.since}__lt": end[kept.limit]})
        if "school" in {column.name for column in model._meta.local_fields}:
            rows = rows.filter(school_id=None)
        gone[model._meta.label] += rows.delete()[0]
    with school_context(*School.objects.values_list("pk", flat=True)):
        gone[User._meta.label] += _users_without_a_post(end[Limit.ROLL])
    return {label: number for label, number in gone.items() if number}


def _outside() -> Iterator[tuple[Model, Kept]]:
    for model, kept in register().items():
        if kept.since and kept.limit in BOUNDS and not issubclass(model, TenantModel):
            yield model, kept


def server_ends(now: datetime) -> Ends:
    """The limits of what belongs to no school: as Porchlight proposes them."""
    return {limit: now - timedelta(days=bounds.days) for limit, bounds in BOUNDS.items()}


def _users_without_a_post(before: datetime) -> int:
    """Of nobody at work or at home in any school, not operators, and not here lately."""
    none = Q(staff_posts=None, guardian_posts=None, student_posts=None)
    rows = User.objects.filter(none, is_staff=False, is_superuser=False, created_at__lt=before)
    rows = rows.filter(Q(last_login=None) | Q(last_login__lt=before))
    return sum(user.delete()[0] for user in rows.distinct())
