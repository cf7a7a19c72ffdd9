"""Where each class goes: the next number in its name, as far as names tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from porchlight.families.models import Enrolment, Student
from porchlight.families.models.people import in_force
from porchlight.rosters.class_names import bare
from porchlight.schools.models import School, SchoolClass
from porchlight.toolbox.folding import digits, fold

STAYS, LEAVES, NEW = "stays", "leaves", "new"
FIGURES = re.compile(r"\d+")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
ROMAN_WORD = re.compile(rf"(?<![A-Za-z])({'|'.join(sorted(ROMAN, key=len, reverse=True))})(?![A-Za-z])")


@dataclass(slots=True)
class Group:
    """One class of the year that ends, its children, and where they would go."""

    school_class: SchoolClass
    students: list[Student] = field(default_factory=list)
    choice: str = ""  # the next class's key, or one of STAYS, LEAVES, NEW; "": nobody can tell
    new_name: str = ""  # of a class that is not here yet
    why: str = ""  # a word of `WHY` in the view
    apart: dict[str, str] = field(default_factory=dict)  # of single children, by key: STAYS or LEAVES

    @property
    def children(self) -> list[tuple[Student, str]]:
        """Each with what was said of them alone; "" as the class."""
        return [(student, self.apart.get(student.key, "")) for student in self.students]


def groups(school: School, *, on: date, confirmed_lately: bool = False) -> list[Group]:
    """Every class with children, by name. Where a year was confirmed lately everybody stays, lest they move twice."""
    found: dict[int, Group] = {}
    for one in SchoolClass.objects.in_school(school).current().order_by("name", "pk"):
        found[one.pk] = Group(one)
    places = Enrolment.objects.in_school(school).filter(in_force(on), student__left_at=None)
    for place in places.select_related("student").order_by("student__name", "pk"):
        if place.school_class_id in found:
            found[place.school_class_id].students.append(place.student)
    by_name = {bare(group.school_class.name): group.school_class for group in found.values()}
    highest = max((number_in(group.school_class.name) for group in found.values()), default=0)
    for group in found.values():
        if confirmed_lately:
            group.choice, group.why = STAYS, "lately"
        else:
            _suggest(group, by_name, highest)
    return sorted(
        (group for group in found.values() if group.students),
        key=lambda group: (number_in(group.school_class.name), fold(group.school_class.name)),
    )


def _suggest(group: Group, by_name: dict[str, SchoolClass], highest: int) -> None:
    name = group.school_class.name
    following = next_name(name)
    if not following:
        group.why = "no_number"
    elif bare(following) in by_name:
        group.choice, group.why = by_name[bare(following)].key, "next"
    elif number_in(name) == highest:
        group.choice, group.why = LEAVES, "highest"
    else:
        group.choice, group.new_name, group.why = NEW, following, "not_here"


def number_in(name: str) -> int:
    """The year in a class's name; 0 where there is none."""
    if found := FIGURES.search(digits(name)):
        return int(found[0])
    roman = ROMAN_WORD.search(name)
    return ROMAN.index(roman[1]) + 1 if roman else 0


def next_name(name: str) -> str:
    """4A → 5A, Class IX → Class X, جماعت ۴ → جماعت 5; "" for a name without a number."""
    plain = digits(name)
    if found := FIGURES.search(plain):
        return f"{plain[: found.start()]}{int(found[0]) + 1}{plain[found.end() :]}"
    roman = ROMAN_WORD.search(name)
    if roman is None or roman[1] == ROMAN[-1]:
        return ""
    return f"{name[: roman.start()]}{ROMAN[ROMAN.index(roman[1]) + 1]}{name[roman.end() :]}"
