"""The two who go, a leader's permission, and the day. Stopping a visit, whatever the reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.worrying import alert
from porchlight.families.models import Guardianship
from porchlight.meetings.arranging import arrange
from porchlight.meetings.models import Meeting, Mode, Sort, Visit, VisitPermission, VisitTime, Welcome, Where
from porchlight.meetings.visits import asking, offering
from porchlight.meetings.visits.rules import NotNow, may_be_told, own_family, unsuitable
from porchlight.meetings.visits.welcoming import YES, day_off
from porchlight.schools.actors import Actor, Role, system
from porchlight.schools.models import StaffMember

Of = VisitPermission.Of
A_YEAR = timedelta(days=365)


@transaction.atomic
def name_pair(visit: Visit, first: StaffMember, second: StaffMember, *, by: Actor, now: datetime) -> Visit:
    """Two different adults whom the family can welcome. Others than before need a leader anew. Raises NotNow."""
    why = unsuitable(visit, (first, second))
    if why:
        raise NotNow(why)
    if visit.meeting is not None:
        raise NotNow("day_stands")
    if {visit.first_id, visit.second_id} != {first.pk, second.pk}:
        visit.permissions.filter(of=Of.PAIR, over_at=None).update(over_at=now)
    visit.first, visit.second = first, second
    visit.save(update_fields=["first", "second"])
    record("visit.pair", about=visit, by=by, first=first.pk, second=second.pk)
    return visit


@transaction.atomic
def permit(visit: Visit, of: str, *, by: Actor, now: datetime) -> VisitPermission:
    """A leader says yes. To ask about something serious: the question leaves with it. Raises NotNow."""
    if not by.is_one_of(Role.LEADER) or by.post_id is None:
        raise PermissionDenied("A leader permits a visit.")
    if of == Of.PAIR and not visit.pair:
        raise NotNow("two_adults")
    row, is_new = VisitPermission.objects.get_or_create(
        school_id=visit.school_id, visit=visit, of=of, over_at=None,
        defaults={"given_by_id": by.post_id, "given_at": now},
    )  # fmt: skip
    if is_new:
        record("visit.permitted", about=visit, by=by, of=str(of))
        if of == Of.ASK:
            asker = visit.staff.actor() if visit.staff is not None else by
            offering.leave(visit, by=asker, now=now)
    return row


def is_permitted(visit: Visit, of: str) -> bool:
    """A leader's yes stands."""
    return visit.permissions.filter(of=of, over_at=None).exists()


@transaction.atomic
def fix_day(
    visit: Visit, starts_at: datetime, *, by: Actor, now: datetime, interpreter: StaffMember | None = None
) -> Meeting:
    """The day stands and the family is told who comes. Raises NotNow and Taken: nothing stands without the family's
    yes, two adults and a leader's permission.
    """
    visit = Visit.objects.select_for_update(of=("self",)).select_related(*WITH).get(pk=visit.pk)
    why = _not_yet(visit, now) or (own_family(visit, [interpreter]) if interpreter is not None else "")
    if why:
        raise NotNow(why)
    place = asking.label_of(Where(visit.place), visit.student.school).text
    meeting = arrange(
        sort=Sort.VISIT, mode=Mode.HOME, student=visit.student, guests=[visit.guardian], hosts=visit.pair,
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=visit.minutes), by=by, now=now,
        place=place, interpreter=interpreter, language=(visit.language or visit.guardian.spoken) if interpreter else "",
    )  # fmt: skip
    visit.meeting = meeting
    visit.save(update_fields=["meeting"])
    VisitTime.objects.get_or_create(school_id=visit.school_id, visit=visit, starts_at=starts_at)
    asking.ask_suits(visit, by=by, now=now)
    return meeting


def _not_yet(visit: Visit, now: datetime) -> str:
    """Why no day can stand, as a code; empty: it can."""
    if visit.stopped_at is not None or not may_be_told(visit.guardian, visit.student, now):
        return "not_allowed"
    if visit.word not in YES or not visit.place:
        return "no_word"
    if visit.meeting is not None:
        return "day_stands"
    if not visit.pair:
        return "two_adults"
    if unsuitable(visit, visit.pair):
        return unsuitable(visit, visit.pair)
    return "" if is_permitted(visit, Of.PAIR) else "no_permission"


@transaction.atomic
def stop(visit: Visit, *, why: str, by: Actor, now: datetime) -> Visit:
    """Nothing of it goes on: its questions close, its day is off, and the two are told that something waits for them.

    The family hears of it only where it may still be told, and the school called it off.
    """
    visit = Visit.objects.select_for_update(of=("self",)).select_related(*WITH).get(pk=visit.pk)
    if visit.stopped_at is not None:
        return visit
    had_day = visit.meeting is not None and visit.meeting.starts_at > now
    visit.stopped_at, visit.stopped_why = now, why
    visit.save(update_fields=["stopped_at", "stopped_why"])
    asking.close_questions(visit, now=now)
    day_off(visit, why="school", now=now)
    record("visit.stopped", about=visit, by=by, why=why)
    if had_day:
        for one in visit.pair:
            alert(visit.student.school, one, now)
        if why == "school" and may_be_told(visit.guardian, visit.student, now):
            asking.tell_it_is_off(visit, now=now)
    return visit


def stop_what_may_not_be(school_id: int, *, now: datetime) -> int:
    """Visits to adults who may not be told about the child any more. Returns how many were stopped."""
    rows = Visit.objects.in_school(school_id).standing().filter(checks=None).select_related(*WITH)
    rows = rows.exclude(word__in=(Welcome.LATER, Welcome.NO)).filter(asked_at__gt=now - A_YEAR)
    standing = list(rows)
    if not standing:
        return 0
    today = standing[0].student.school.local(now).date()
    ties = Guardianship.objects.in_school(school_id).current(on=today).receiving(on=today)
    told = set(ties.values_list("guardian_id", "student_id"))
    barred = [one for one in standing if (one.guardian_id, one.student_id) not in told]
    for visit in barred:
        stop(visit, why="not_allowed", by=system(school_id), now=now)
    return len(barred)


WITH = ("student__school", "guardian")
