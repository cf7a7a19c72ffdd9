"""In and out by one tap each, and a named person who is called when somebody has not come out. Never where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.worrying import alert
from porchlight.design.direction import page_language
from porchlight.errands.actions import ask_for, named
from porchlight.errands.models import Errand, ErrandKind, ErrandQuerySet
from porchlight.meetings.models import Visit, VisitCaller, VisitCheck
from porchlight.meetings.visits.rules import NotNow, may_be_told
from porchlight.schools.actors import Actor, Role, system
from porchlight.schools.models import School, StaffMember
from porchlight.toolbox import scripts

EARLY = timedelta(hours=1)
OVERDUE_AFTER = timedelta(minutes=30)
NEXT_AFTER = timedelta(minutes=15)
GIVEN_UP = timedelta(days=2)  # by then somebody has asked them


@transaction.atomic
def check_in(visit: Visit, *, by: Actor, now: datetime) -> VisitCheck:
    """One of the two goes in. Twice changes nothing. Raises NotNow."""
    _one_of_the_two(visit, by)
    meeting = visit.meeting
    if visit.stopped_at is not None or meeting is None or not meeting.is_on:
        raise NotNow("not_allowed")
    if not may_be_told(visit.guardian, visit.student, now):
        raise NotNow("not_allowed")
    if now < meeting.starts_at - EARLY:
        raise NotNow("too_early")
    row, is_new = VisitCheck.objects.get_or_create(
        school_id=visit.school_id, visit=visit, staff_id=by.post_id, defaults={"in_at": now}
    )
    if is_new:
        record("visit.in", about=visit, by=by)
    return row


@transaction.atomic
def check_out(visit: Visit, *, by: Actor, now: datetime) -> VisitCheck:
    """One of the two came out. When both did, nobody needs to be called any more. Raises NotNow."""
    _one_of_the_two(visit, by)
    row = VisitCheck.objects.filter(visit=visit, staff_id=by.post_id).first()
    if row is None:
        raise NotNow("not_in")
    if row.out_at is None:
        row.out_at = now
        row.save(update_fields=["out_at"])
        record("visit.out", about=visit, by=by)
    if _is_over(visit):
        found(visit, by=by, now=now)
    return row


@transaction.atomic
def found(visit: Visit, *, by: Actor, now: datetime) -> None:
    """Both are well: who was called need not look any more; also where one forgot the tap, and was rung."""
    calls = _calls(visit).open()
    if calls.update(done_at=now, done_by_id=by.post_id):
        record("visit.found", about=visit, by=by)


def call_about_overdue(school: School, *, now: datetime) -> int:
    """Half an hour past the end, and somebody has not come out: the first named person; then each next, every quarter
    of an hour. Returns how many were called.
    """
    late = (
        Visit.objects.in_school(school)
        .standing()
        .filter(
            meeting__ends_at__lte=now - OVERDUE_AFTER,
            meeting__ends_at__gt=now - GIVEN_UP,
            meeting__called_off_at=None,
        )
    )
    return sum(_call_next(school, pk, now) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _call_next(school: School, visit_id: int, now: datetime) -> bool:
    """Under a lock: several workers look at the same time, and one call is enough."""
    rows = Visit.objects.in_school(school).select_for_update(of=("self",), skip_locked=True)
    visit = rows.filter(pk=visit_id).first()
    if visit is None or _is_over(visit):
        return False
    calls = _calls(visit)
    if calls.filter(done_at__isnull=False).exists() or calls.filter(due_at__gt=now).exists():
        return False  # somebody has seen to it, or still has time
    asked = set(calls.values_list("assigned_to_id", flat=True))
    person = next((one for one in callers(school, visit) if one.pk not in asked), None)
    if person is None:
        return False
    ask_for(
        kind=ErrandKind.VISIT_OVERDUE, to=person, due_at=now + NEXT_AFTER, by=system(school.pk),
        about=f"visit:{visit.key}:{person.pk}", reason="not_out", student=visit.student,
    )  # fmt: skip
    alert(school, person, now)
    return True


def callers(school: School, visit: Visit | None = None) -> list[StaffMember]:
    """Whom to call, in their order: those the school named, then leaders and deputies; none of the two themselves."""
    rows = VisitCaller.objects.in_school(school).select_related("staff").order_by("rank")
    people = [row.staff for row in rows if row.staff.left_at is None]
    people += [one for one in named(school, Role.LEADER) if one not in people]
    away = {one.pk for one in visit.pair} if visit is not None else set()
    return [one for one in people if one.pk not in away]


@dataclass(frozen=True, slots=True)
class Overdue:
    """Two who have not come out, for whoever is called: their names, and nothing of the family."""

    errand: Errand
    names: str
    ended_at: datetime


def overdue_for(actor: Actor) -> list[Overdue]:
    """What this colleague is called about; leaders and the office see every one."""
    errands = list(Errand.objects.visible_to(actor).open().filter(kind=ErrandKind.VISIT_OVERDUE))
    keys = {errand.about.split(":")[1] for errand in errands}
    rows = Visit.objects.in_school(actor.school_id).filter(key__in=keys)
    visits = {one.key: one for one in rows.select_related("first", "second", "meeting")}
    found: dict[str, Overdue] = {}
    for errand in errands:
        visit = visits.get(errand.about.split(":")[1])
        if visit is not None and visit.meeting is not None and visit.key not in found:
            names = scripts.comma(page_language()).join(one.name for one in visit.pair)
            found[visit.key] = Overdue(errand, names, visit.meeting.ends_at)
    return list(found.values())


def reached(errand: Errand, *, by: Actor, now: datetime) -> None:
    """Whoever was called has heard from the two: nobody else is called."""
    visit = Visit.objects.in_school(errand.school_id).get(key=errand.about.split(":")[1])
    found(visit, by=by, now=now)


@transaction.atomic
def name_callers(school: School, people: list[StaffMember], *, by: Actor) -> None:
    """The school's own order."""
    VisitCaller.objects.in_school(school).delete()
    for rank, one in enumerate(dict.fromkeys(people), 1):
        VisitCaller.objects.create(school=school, rank=rank, staff=one)
    record("visit.callers", about=school, by=by, people=[one.pk for one in people])


def _one_of_the_two(visit: Visit, by: Actor) -> None:
    if not by.is_staff or by.post_id not in (visit.first_id, visit.second_id):
        raise PermissionDenied("The two who go tap for themselves.")


def _is_over(visit: Visit) -> bool:
    """Both came out."""
    return VisitCheck.objects.filter(visit=visit, out_at__isnull=False).count() >= len(visit.pair)


def _calls(visit: Visit) -> ErrandQuerySet:
    return Errand.objects.in_school(visit.school_id).filter(
        kind=ErrandKind.VISIT_OVERDUE, about__startswith=f"visit:{visit.key}:"
    )
