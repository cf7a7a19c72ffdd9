"""A child's classes and who teaches them, as the child and their family may read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from porchlight.families.models import Enrolment, Student
from porchlight.families.models.people import in_force
from porchlight.schools.models import Teaching


@dataclass(frozen=True, slots=True)
class Lessons:
    """One class and the names of those who teach it, whoever leads it first."""

    name: str
    teachers: Sequence[str]


def lessons_of(student: Student, *, on: date) -> list[Lessons]:
    """The classes a child is in on a day, in two queries."""
    places = (
        Enrolment.objects.in_school(student.school_id)
        .filter(in_force(on), student=student, school_class__closed_at=None)
        .order_by("pk")
        .values_list("school_class_id", "school_class__name")
    )
    classes = dict(places)
    teaching = (
        Teaching.objects.in_school(student.school_id)
        .filter(in_force(on), school_class__in=classes, staff__left_at=None)
        .order_by("-is_lead", "staff__name")
        .values_list("school_class_id", "staff__name")
    )
    names: dict[int, list[str]] = defaultdict(list)
    for school_class, name in teaching:
        names[school_class].append(name)
    return [Lessons(name, tuple(names[pk])) for pk, name in classes.items()]
