"""The register: everybody is here unless somebody says they are missing; then the home is asked, if it has not told
us already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.placing import thread_between
from porchlight.conversations.tell import take_back
from porchlight.families.models import ContactPoint, Guardianship, Student
from porchlight.learning.models import Absence, Register
from porchlight.learning.noting import here_again, in_turn, miss
from porchlight.learning.telling import ask_why
from porchlight.schools.actors import Actor
from porchlight.schools.models import SchoolClass


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking the register came to."""

    missing: int
    asked: Sequence[Student]  # whose homes are asked now


@transaction.atomic
def take_register(
    school_class: SchoolClass, *, day: date, missing: Collection[Student], by: Actor, now: datetime
) -> Taken:
    """Write down who is missing; the rest is here. Taken again, it puts right what the first time was wrong."""
    register, _new = Register.objects.get_or_create(
        school_id=school_class.school_id, school_class=school_class, day=day
    )
    register.taken_by_id, register.taken_at = by.post_id, now
    register.save()
    in_turn(missing)
    away = {student.pk for student in missing}
    children = Student.objects.in_school(school_class.school_id).on_roll().in_class(school_class, on=day)
    for absence in Absence.objects.filter(student__in=children).on(day).select_related("school"):
        if absence.student_id not in away:
            _came_after_all(absence, day, by, now)
    asked = []
    for student in missing:
        absence, is_new = miss(student=student, day=day, by=by, now=now)
        if is_new and ask_home(absence, now=now):
            asked.append(student)
    record("register.taken", about=register, by=by, missing=len(away))
    return Taken(len(away), asked)


def _came_after_all(absence: Absence, day: date, by: Actor, now: datetime) -> None:
    """Here after all: a question that has not left yet does not leave."""
    for question in absence.questions.select_related("ask__message"):
        if question.ask.message is not None:
            take_back(question.ask.message, by=by, now=now)
    here_again(absence, day=day, by=by, now=now)


def ask_home(absence: Absence, *, now: datetime) -> int:
    """Ask every adult who may be told about the child, each telephone once. Returns how many were asked."""
    student = absence.student
    ties = Guardianship.objects.in_school(absence.school_id).current(on=absence.first_day)
    ties = ties.receiving(on=absence.first_day).filter(student=student).select_related("guardian")
    seen: set[int] = set()
    asked = 0
    for tie in ties.order_by("pk"):
        numbers = set(
            ContactPoint.objects.usable().filter(guardian=tie.guardian).values_list("address", flat=True)
        )
        if numbers and numbers <= seen:
            continue
        seen |= numbers
        ask_why(thread_between(tie.guardian, student), absence, now=now)
        asked += 1
    return asked
