"""Offering visits to all, gently; asking openly for one about something serious; and a family's own wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from porchlight.activity.record import record
from porchlight.conversations.audience import homes_of
from porchlight.families.models import Guardian, Guardianship, Student, own_children
from porchlight.families.models.ties import GuardianshipQuerySet
from porchlight.meetings.models import AskedBy, Purpose, Visit, VisitTime, Welcome
from porchlight.meetings.visits import asking
from porchlight.meetings.visits.rules import AFTER_NO, ASKED_AGAIN_AFTER, NotNow, may_ask, may_be_told
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass

GENTLE = 5  # homes of one class in a week: each yes is to be kept
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a class is: counts with their total, and no order among families."""

    children: int
    visited: int
    offered: int  # asked, and not visited yet
    never: Sequence[Student]  # neither, by name


@transaction.atomic
def offer(
    *, student: Student, guardian: Guardian, by: Actor, now: datetime, times: Sequence[datetime] = ()
) -> Visit:
    """Ask one adult whether we may come and say hello. Raises NotNow: they said later, or were asked not long ago."""
    _may(student, guardian, now)
    visit = _made(student, guardian, AskedBy.SCHOOL, by, now)
    add_times(visit, times)
    return _leave(visit, by=by, now=now)


@transaction.atomic
def offer_to_class(school_class: SchoolClass, *, by: Actor, now: datetime) -> int:
    """A few homes of a class that were never visited are asked; as many in a week as can be kept. How many were."""
    school = school_class.school
    lately = Visit.objects.in_school(school).filter(asked_by=AskedBy.SCHOOL, offered_at__gt=now - A_WEEK)
    today = school.local(now).date()
    children = Student.objects.in_school(school).in_class(school_class, on=today)
    asked = set(lately.filter(student__in=children).values_list("student_id", "guardian_id"))
    left = GENTLE - len(asked)
    done = 0
    for student in standing_of(school_class, actor=by, now=now).never:
        if done >= left:
            break
        for tie in doors_of(student, now):
            if may_ask(tie.guardian, student, now):
                visit = _made(student, tie.guardian, AskedBy.SCHOOL, by, now)
                _leave(visit, by=by, now=now)
                done += 1
    return done


@transaction.atomic
def ask_openly(*, student: Student, guardian: Guardian, words: str, by: Actor, now: datetime) -> Visit:
    """Something serious: said as such, with what it is about. It leaves when a leader has said yes."""
    _may(student, guardian, now)
    visit = _made(student, guardian, AskedBy.SCHOOL, by, now, Purpose.SERIOUS, words.strip())
    record("visit.asked", about=visit, by=by, purpose=str(Purpose.SERIOUS))
    return visit


@transaction.atomic
def leave(visit: Visit, *, by: Actor, now: datetime) -> Visit:
    """A leader has said yes: the question about something serious goes out. Raises NotNow."""
    if visit.stopped_at is not None or not may_be_told(visit.guardian, visit.student, now):
        raise NotNow("not_allowed")
    return _leave(visit, by=by, now=now) if visit.offered_at is None else visit


@transaction.atomic
def wish_for(
    *, student: Student, guardian: Guardian, now: datetime, purpose: Purpose = Purpose.HELLO, words: str = "",
    by_phone: bool = False,
) -> Visit:  # fmt: skip
    """The family asks us to come. One wish that stands is enough; a “later” of theirs is over."""
    rows = Visit.objects.in_school(student.school_id).standing().filter(guardian=guardian, student=student)
    open_ = rows.filter(asked_by=AskedBy.FAMILY, meeting=None, checks=None).order_by("-pk").first()
    visit = open_ or _made(student, guardian, AskedBy.FAMILY, guardian.actor(), now, purpose, words.strip())
    Visit.objects.in_school(student.school_id).filter(guardian=guardian, student=student).update(
        ask_from=None
    )
    if by_phone:
        asking.ask_where(visit, now=now, is_theirs=True)
    record("visit.wished", about=visit, by=guardian.actor())
    return visit


def add_times(visit: Visit, times: Sequence[datetime]) -> None:
    """Times at which we could come; six at most stand at once."""
    for at in sorted(times)[: asking.MOST_TIMES]:
        VisitTime.objects.get_or_create(school_id=visit.school_id, visit=visit, starts_at=at)


def doors_of(student: Student, now: datetime) -> list[Guardianship]:
    """One adult behind each door of this child: parents apart are asked each for themselves."""
    today = student.school.local(now).date()
    rows: GuardianshipQuerySet = Guardianship.objects.in_school(student.school_id).current(on=today)
    ties = list(
        rows.receiving(on=today).own().filter(student=student).select_related("guardian").order_by("pk")
    )
    homes = homes_of(student.school, [tie.guardian_id for tie in ties], today)
    first = {homes[tie.guardian_id]: tie for tie in reversed(ties)}
    return sorted(first.values(), key=lambda tie: tie.pk)


def standing_of(school_class: SchoolClass, *, actor: Actor, now: datetime) -> Standing:
    """Who of a class was visited, who was asked, and who never: the children this colleague sees."""
    school: School = school_class.school
    rows = Student.objects.visible_to(actor).exclude(pk__in=own_children(actor)).on_roll()
    children = list(rows.in_class(school_class, on=school.local(now).date()).order_by("name", "pk"))
    ids = [one.pk for one in children]
    visits = Visit.objects.in_school(school).filter(student__in=ids)
    visited = set(visits.happened().values_list("student_id", flat=True))
    asked = set(visits.filter(_holds(school, now)).values_list("student_id", flat=True)) - visited
    never = [one for one in children if one.pk not in visited | asked]
    return Standing(len(children), len(visited), len(asked), never)


def _holds(school: School, now: datetime) -> Q:
    """A question, or the family's word, still stands: it is not this child's turn."""
    lately = now - ASKED_AGAIN_AFTER
    return (
        Q(stopped_at=None, word__in=(Welcome.HOME, Welcome.ELSEWHERE))
        | Q(word=Welcome.NO, said_at__gt=now - AFTER_NO)
        | Q(ask_from__gt=school.local(now).date())
        | Q(offered_at__gt=lately)
        | Q(stopped_at=None, asked_at__gt=lately)
    )


def _may(student: Student, guardian: Guardian, now: datetime) -> None:
    if not may_be_told(guardian, student, now):
        raise NotNow("not_allowed")
    if not may_ask(guardian, student, now):
        raise NotNow("asked_lately")


def _made(
    student: Student, guardian: Guardian, side: AskedBy, by: Actor, now: datetime,
    purpose: Purpose = Purpose.HELLO, words: str = "",
) -> Visit:  # fmt: skip
    return Visit.objects.create(
        school_id=student.school_id, student=student, guardian=guardian, asked_by=side,
        staff_id=by.post_id if by.is_staff else None, asked_at=now, purpose=purpose, words=words,
    )  # fmt: skip


def _leave(visit: Visit, *, by: Actor, now: datetime) -> Visit:
    visit.offered_at = now
    visit.save(update_fields=["offered_at"])
    asking.ask_whether(visit, by=by, now=now)
    record("visit.offered", about=visit, by=by)
    return visit
