"""Who came with the sheet before this one: so that a mended name is a mended name, and not another child."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from porchlight.families.models import Enrolment, Student
from porchlight.families.models.people import in_force
from porchlight.rosters.class_names import bare
from porchlight.rosters.models import RosterLink, Source
from porchlight.schools.models import School, SchoolClass

KINDS = ("student", "guardian", "tie", "contact", "enrolment", "class")


@dataclass(slots=True)
class AdultBefore:
    """An adult as the last sheet told of them."""

    key: str
    name: str
    relation: str
    numbers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class ChildBefore:
    """A child as the last sheet told of them, or as the roll does."""

    key: str
    name: str
    classes: set[str] = field(default_factory=set)  # folded
    adults: list[AdultBefore] = field(default_factory=list)

    @property
    def numbers(self) -> set[str]:
        return {number for adult in self.adults for number in adult.numbers}


@dataclass(slots=True)
class Earlier:
    """The school before this sheet."""

    children: dict[str, ChildBefore] = field(default_factory=dict)
    is_the_roll: bool = True  # no other system tells who is at this school
    numbers: set[str] = field(default_factory=set)  # the roll's own, of children
    classes: list[str] = field(default_factory=list)  # as the school spells them


def earlier(school: School, *, now: datetime) -> Earlier:
    """In six queries, whatever the school's size."""
    said = _links(school)
    found = Earlier(
        classes=list(SchoolClass.objects.in_school(school).current().values_list("name", flat=True))
    )
    names = {key: values[0] for key, (_, values) in said["class"].items()}
    for key, (_, values) in said["student"].items():
        found.children[key] = ChildBefore(key, values[0])
    for _, values in said["enrolment"].values():
        if values[0] in found.children and values[1] in names:
            found.children[values[0]].classes.add(bare(names[values[1]]))
    by_sheet = {pk: key for key, (pk, _) in said["student"].items()}
    _roll(found, school, now, by_sheet)
    adults = {key: AdultBefore(key, values[0] or "", "") for key, (_, values) in said["guardian"].items()}
    for _, values in said["contact"].values():
        if values[0] in adults:
            adults[values[0]].numbers.add(values[2])
    for _, values in said["tie"].values():
        child, adult = found.children.get(values[1]), adults.get(values[0])
        if child and adult:
            adult.relation = adult.relation or values[2] or ""
            child.adults.append(adult)
    return found


def _links(school: School) -> dict[str, dict[str, tuple[int, list[str]]]]:
    """Kind → key → (row of ours, what was said)."""
    rows = (
        RosterLink.objects.in_school(school)
        .filter(source=Source.SHEET, gone_in=None, kind__in=KINDS)
        .values_list("kind", "record_key", "object_id", "values")
    )
    said: dict[str, dict[str, tuple[int, list[str]]]] = defaultdict(dict)
    for kind, key, pk, values in rows.iterator():
        said[kind][key] = (pk, json.loads(values))
    return said


def _roll(found: Earlier, school: School, now: datetime, by_sheet: dict[int, str]) -> None:
    """Children whom another system told of; where there are any, the sheet's are looked for among them.

    Whoever they are, they are also known by the class they are in today: a new year may have begun since.
    """
    others = {
        pk: (source_id, name)
        for pk, source_id, name in Student.objects.in_school(school)
        .on_roll()
        .values_list("pk", "source_id", "name")
        if pk not in by_sheet or f"id:{pk}" in found.children
    }
    found.is_the_roll = not others
    if others:
        found.children = {f"id:{pk}": ChildBefore(f"id:{pk}", name) for pk, (_, name) in others.items()}
        found.numbers = {source_id for source_id, _ in others.values() if source_id}
    today = school.local(now).date()
    places = Enrolment.objects.in_school(school).filter(in_force(today))
    for pk, name in places.values_list("student_id", "school_class__name"):
        child = found.children.get(f"id:{pk}" if others else by_sheet.get(pk, ""))
        if child is not None:
            child.classes.add(bare(name))
