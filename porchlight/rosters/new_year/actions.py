"""Begin the year, and take that back: one transaction each, and nothing is erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from porchlight.activity.record import record
from porchlight.families.models import Enrolment, Guardian, Guardianship, Student
from porchlight.rosters.models import NewYear
from porchlight.rosters.new_year.suggesting import LEAVES, STAYS
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.toolbox.folding import fold


@dataclass(frozen=True, slots=True)
class Move:
    """One child: from a class to another's key, to a class that is made (`new:5C`), or LEAVES."""

    student: Student
    school_class: SchoolClass
    to: str


class ConfirmedSince(Exception):
    """Another press or another colleague was quicker: the classes are not those that were looked at."""


class TooLate(Exception):
    """Its fortnight is over: the school lives in the new classes."""


class TakenBack(Exception):
    """It was taken back already, or a later year stands on it."""


@transaction.atomic
def begin(
    *, school: School, moves: Iterable[Move], by: Actor, now: datetime, after: NewYear | None = None
) -> NewYear:
    """Everybody in their new class from today on; who leaves has left.

    `after` is the latest year in effect when the classes were looked at. Raises ConfirmedSince when it no longer is:
    who moved a moment ago would move once more.
    """
    School.objects.select_for_update().get(pk=school.pk)
    if NewYear.objects.in_school(school).in_effect().first() != after:
        raise ConfirmedSince
    today = school.local(now).date()
    wanted = [move for move in moves if move.to != STAYS]
    made = _classes(school, {move.to for move in wanted if move.to.startswith("new:")}, now)
    here = {one.key: one for one in SchoolClass.objects.in_school(school).current()}
    changes: dict[str, list[int]] = {"classes": [one.pk for one in made.values()]}
    changes["ended"] = _end(school, wanted, today)
    changes["begun"] = _begin(school, wanted, {**here, **made}, today)
    changes["students"], changes["guardians"] = _leave(
        school, [move.student.pk for move in wanted if move.to == LEAVES], today, now
    )
    year = NewYear.objects.create(
        school=school, confirmed_at=now, confirmed_by_id=by.post_id, changes=changes
    )
    record("year.begun", about=year, by=by, counts={name: len(ids) for name, ids in changes.items()})
    return year


@transaction.atomic
def take_back(*, year: NewYear, by: Actor, now: datetime) -> None:
    """As before it was confirmed; what a person or a roster changed since stays. Raises TakenBack, TooLate."""
    school = year.school
    School.objects.select_for_update().get(pk=school.pk)
    if NewYear.objects.in_school(school).in_effect().first() != year:
        raise TakenBack
    if now > year.can_go_back_until:
        raise TooLate
    day = school.local(year.confirmed_at).date()
    changes: Mapping[str, list[int]] = year.changes
    begun = Enrolment.objects.in_school(school).filter(pk__in=changes["begun"], until=None)
    begun.update(until=day - timedelta(days=1))
    for place in Enrolment.objects.in_school(school).filter(
        pk__in=changes["ended"], until=day - timedelta(days=1)
    ):
        again = Enrolment.objects.filter(
            student=place.student_id, school_class=place.school_class_id, until=None
        )
        if not again.exists():
            place.until = None
            place.save(update_fields=["until"])
    for model, name in ((Student, "students"), (Guardian, "guardians")):
        rows = model._default_manager.filter(school=school, pk__in=changes[name], left_at=year.confirmed_at)
        rows.update(left_at=None)
    empty = SchoolClass.objects.in_school(school).filter(pk__in=changes["classes"])
    empty.exclude(enrolments__until=None).update(closed_at=now)
    year.undone_at, year.undone_by_id = now, by.post_id
    year.save(update_fields=["undone_at", "undone_by_id"])
    record("year.taken_back", about=year, by=by)


def _classes(school: School, names: set[str], now: datetime) -> dict[str, SchoolClass]:
    """`new:5C` → the class, made. Its source id is what a sheet would call it, so that the next sheet finds it."""
    made = {}
    for wanted in sorted(names):
        name = wanted.removeprefix("new:")
        taken = SchoolClass.objects.in_school(school).filter(source_id=fold(name)).exists()
        made[wanted] = SchoolClass.objects.create(
            school=school, name=name, source_id="" if taken else fold(name)
        )
    return made


def _end(school: School, wanted: list[Move], today: date) -> list[int]:
    gone = [move.student.pk for move in wanted if move.to == LEAVES]
    own = Q(pk=None)
    for school_class in {move.school_class.pk for move in wanted}:
        students = [move.student.pk for move in wanted if move.school_class.pk == school_class]
        own |= Q(school_class=school_class, student__in=students)
    rows = Enrolment.objects.in_school(school).filter(own | Q(student__in=gone))
    rows = rows.filter(Q(until=None) | Q(until__gte=today))
    ids = list(rows.values_list("pk", flat=True))
    Enrolment.objects.filter(pk__in=ids).update(until=today - timedelta(days=1))
    return ids


def _begin(school: School, wanted: list[Move], classes: Mapping[str, SchoolClass], today: date) -> list[int]:
    there = set(
        Enrolment.objects.in_school(school).filter(until=None).values_list("student_id", "school_class_id")
    )
    places = {
        (move.student.pk, classes[move.to].pk)
        for move in wanted
        if move.to in classes and (move.student.pk, classes[move.to].pk) not in there
    }
    rows = Enrolment.objects.bulk_create(
        Enrolment(school=school, student_id=student, school_class_id=school_class, since=today)
        for student, school_class in sorted(places)
    )
    return [row.pk for row in rows]


def _leave(school: School, students: list[int], today: date, now: datetime) -> tuple[list[int], list[int]]:
    """Who leaves, and the adults who care for nobody else here."""
    leaving = Student.objects.in_school(school).on_roll().filter(pk__in=students)
    ids = list(leaving.values_list("pk", flat=True))
    ties = Guardianship.objects.in_school(school).current(on=today)
    theirs = set(ties.filter(student__in=ids).values_list("guardian_id", flat=True))
    Student.objects.filter(pk__in=ids).update(left_at=now)
    others = set(ties.filter(guardian__in=theirs).values_list("guardian_id", flat=True))
    alone = sorted(theirs - others)
    Guardian.objects.filter(pk__in=alone).update(left_at=now)
    return ids, alone
