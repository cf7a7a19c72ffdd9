"""The list of who is away: written by what homes say, by the register and by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from porchlight.activity.record import record
from porchlight.conversations.models import Message
from porchlight.families.models import Guardian, Student
from porchlight.learning.models import Absence, AbsenceQuestion, How, Why
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed


@dataclass(frozen=True, slots=True)
class Said:
    """Why a child is away, and who told us how."""

    why: Why
    how: How
    at: datetime
    by: Guardian | None = None
    channel: str = ""
    message: Message | None = None


def in_turn(students: Collection[Student]) -> None:
    """Inside a transaction: whoever else writes of one of these children waits. Together, so that no two wait for
    each other; else a register and a home that writes at the same moment would make two absences of one.
    """
    rows = Student.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in students])
    list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def note(*, student: Student, first: date, last: date, said: Said, by: Actor) -> Absence:
    """Write down that a child is away, once: what is on the list for one of these days gets the reason and the end."""
    in_turn([student])
    known = Absence.objects.select_for_update().filter(student=student).between(first, last)
    absence = known.order_by("first_day", "pk").first()
    if absence is None:
        absence = Absence(school_id=student.school_id, student=student, first_day=first, last_day=last)
    else:
        absence.first_day, absence.last_day = min(absence.first_day, first), max(absence.last_day, last)
    absence.why, absence.how, absence.said_at = said.why, said.how, said.at
    absence.said_by, absence.channel, absence.message = said.by, said.channel, said.message
    absence.written_by_id = by.post_id if by.is_staff else None
    absence.save()
    _questions_over(absence, said.at)
    _written(absence, "absence.said", by)
    return absence


@transaction.atomic
def miss(*, student: Student, day: date, by: Actor, now: datetime) -> tuple[Absence, bool]:
    """Not here at the register. Returns the absence, and whether it is new: then nobody has told us why."""
    in_turn([student])
    absence = Absence.objects.select_for_update().filter(student=student).on(day).first()
    is_new = absence is None
    if absence is None:
        absence = Absence(school_id=student.school_id, student=student, first_day=day, last_day=day)
    if absence.missed_at is None:
        absence.missed_by_id, absence.missed_at = by.post_id, now
    absence.save()
    _written(absence, "absence.missed", by)
    return absence, is_new


@transaction.atomic
def correct(absence: Absence, *, first: date, last: date, why: str, by: Actor, now: datetime) -> Absence:
    """Put right by hand. Who said it first still stands; who put it right is written down."""
    if why and not absence.why:
        absence.said_at = now
    elif not why:
        absence.how = absence.channel = ""
        absence.said_at = absence.said_by = absence.message = None
    absence.first_day, absence.last_day, absence.why = first, last, why
    absence.written_by_id = by.post_id
    absence.save()
    if why:
        _questions_over(absence, now)
    _written(absence, "absence.corrected", by)
    return absence


@transaction.atomic
def unsay(absence: Absence, *, by: Actor, now: datetime) -> None:
    """Nobody said so after all: of a child that was missed at the register we know no reason, any other is here."""
    if absence.missed_at is None:
        take_off(absence, by=by, now=now)
        return
    absence.why = absence.how = absence.channel = ""
    absence.said_at = absence.said_by = absence.message = None
    absence.save()
    _written(absence, "absence.corrected", by)


@transaction.atomic
def take_off(absence: Absence, *, by: Actor, now: datetime) -> None:
    """The child is here after all, or it was a mistake."""
    absence.taken_off_at, absence.taken_off_by_id = now, by.post_id if by.is_staff else None
    absence.save(update_fields=["taken_off_at", "taken_off_by"])
    _questions_over(absence, now)
    _written(absence, "absence.taken_off", by)


@transaction.atomic
def here_again(absence: Absence, *, day: date, by: Actor, now: datetime) -> None:
    """The child is here on a day within an absence: what lies before stays written."""
    if absence.first_day >= day:
        take_off(absence, by=by, now=now)
        return
    absence.last_day = day - timedelta(days=1)
    absence.save(update_fields=["last_day"])
    _written(absence, "absence.ended", by)


def _questions_over(absence: Absence, now: datetime) -> None:
    """Nothing is left to ask: neither why, nor what an earlier message about this child may have meant."""
    about = Q(absence=absence) | Q(thread__student=absence.student_id, absence=None)
    over = AbsenceQuestion.objects.in_school(absence.school_id).waiting().filter(about)
    asked_about = list(over.exclude(message=None).values_list("message", flat=True))
    over.update(settled_at=now)
    Message.objects.filter(pk__in=asked_about, settled_at=None).update(settled_at=now)


def _written(absence: Absence, verb: str, by: Actor) -> None:
    record(verb, about=absence, by=by)
    changed(absence.school_id, Topic.TALK)
