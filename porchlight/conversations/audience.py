"""Who a notice is for: resolved the same way for the count before sending and for the sending itself."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from porchlight.conversations.models import Message
from porchlight.conversations.models.threads import MessageQuerySet
from porchlight.delivery.content import Recipient
from porchlight.families.models import Enrolment, Guardianship, HouseholdMembership, Student
from porchlight.families.models.people import in_force
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import School, SchoolClass

type Home = tuple[str, int]  # ("home", household id), or ("own", guardian id) where none is recorded

MAY_WRITE_TO_THE_SCHOOL = (Role.LEADER, Role.OFFICE)


class AudienceKind(enum.StrEnum):
    """The ways to say for whom."""

    CLASSES = "classes"
    YEAR = "year"
    SCHOOL = "school"
    HOUSEHOLDS = "households"
    STUDENTS = "students"
    REACHED = "reached"  # whom a notice got to, named by its key: those who are owed an apology


class Exclusion(enum.StrEnum):
    """Why an adult tied to a child in the audience gets nothing."""

    RESTRICTED = "restricted"
    NO_RIGHT = "no_right"  # the school was told this adult does not receive messages


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom, as it is written down with the notice: a kind and the keys (or the year) it names."""

    kind: AudienceKind
    names: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The form kept in `Notice.audience`."""
        return {"kind": self.kind.value, "names": list(self.names)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Audience:
        """Back from `Notice.audience`."""
        return cls(AudienceKind(value["kind"]), tuple(value["names"]))


@dataclass(frozen=True, slots=True)
class Resolved:
    """The people a notice would reach: one recipient for each adult, with all their children in it."""

    recipients: tuple[Recipient, ...]
    students: int
    homes: int  # households, and adults who share none
    excluded: dict[Exclusion, int]
    without_adult: tuple[Student, ...]  # children nobody can be told about

    @property
    def is_empty(self) -> bool:
        return not self.recipients


def resolve(
    audience: Audience, *, actor: Actor, school: School, on: date, guardians_alone: bool = False
) -> Resolved:
    """Everybody in the audience whom `actor` may write to, on a day. Restrictions are obeyed here first.

    `guardians_alone`: nobody who gets words on another adult's word.
    Raises PermissionDenied when the actor may not write to such an audience at all.
    """
    students = list(students_in(audience, actor=actor, school=school, on=on))
    ties = _ties_to(students, school, on, guardians_alone=guardians_alone)
    allowed = set(
        Guardianship.objects.in_school(school)
        .receiving(on=on)
        .filter(pk__in=[tie.pk for tie in ties])
        .values_list("pk", flat=True)
    )
    ties = _meant(ties, audience, school, on)
    children: dict[int, list[Student]] = defaultdict(list)
    guardians = {tie.guardian_id: tie.guardian for tie in ties}
    excluded: dict[Exclusion, int] = defaultdict(int)
    for tie in ties:
        if tie.pk in allowed:
            children[tie.guardian_id].append(tie.student)
        else:
            excluded[Exclusion.RESTRICTED if tie.may_receive else Exclusion.NO_RIGHT] += 1
    recipients = tuple(Recipient(guardians[pk], tuple(kids)) for pk, kids in children.items())
    told = {student.pk for kids in children.values() for student in kids}
    return Resolved(
        recipients=recipients,
        students=len(students),
        homes=count_homes(school, [recipient.guardian.pk for recipient in recipients], on),
        excluded=dict(excluded),
        without_adult=tuple(student for student in students if student.pk not in told),
    )


def _ties_to(
    students: list[Student], school: School, on: date, *, guardians_alone: bool
) -> list[Guardianship]:
    ties = Guardianship.objects.in_school(school).current(on=on).filter(student__in=students)
    ties = ties.own() if guardians_alone else ties
    return list(ties.select_related("guardian", "student").order_by("guardian_id", "student_id"))


def students_in(audience: Audience, *, actor: Actor, school: School, on: date) -> Iterable[Student]:
    """The children a notice is about, among those the actor sees."""
    wide = audience.kind in {AudienceKind.SCHOOL, AudienceKind.YEAR}
    if wide and not actor.is_one_of(*MAY_WRITE_TO_THE_SCHOOL):
        raise PermissionDenied("Only the office and leaders write to a whole year or school.")
    visible = Student.objects.visible_to(actor).in_school(school).on_roll()
    match audience.kind:
        case AudienceKind.SCHOOL:
            return visible
        case AudienceKind.STUDENTS:
            return visible.filter(key__in=audience.names)
        case AudienceKind.REACHED:
            return visible.filter(pk__in=_told(audience, school).values("thread__student"))
        case AudienceKind.HOUSEHOLDS:
            homes = HouseholdMembership.objects.in_school(school).filter(
                in_force(on), household__key__in=audience.names
            )
            tied = Guardianship.objects.filter(guardian__in=homes.values("guardian")).current(on=on)
            return visible.filter(
                Q(pk__in=homes.exclude(student=None).values("student")) | Q(pk__in=tied.values("student"))
            )
    classes = SchoolClass.objects.visible_to(actor).current()
    if audience.kind is AudienceKind.YEAR:
        classes = classes.filter(year__in=audience.names)
    else:
        classes = classes.filter(key__in=audience.names)
    places = Enrolment.objects.filter(in_force(on), school_class__in=classes)
    return visible.filter(pk__in=places.values("student"))


def _told(audience: Audience, school: School) -> MessageQuerySet:
    """What stands of a notice in homes' threads."""
    return Message.objects.in_school(school).standing().filter(notice__key__in=audience.names)


def count_homes(school: School, guardians: Iterable[int], on: date) -> int:
    """How many doors these adults live behind."""
    return len(set(homes_of(school, guardians, on).values()))


def homes_of(school: School, guardians: Iterable[int], on: date) -> dict[int, Home]:
    """By guardian id, behind which door they live; an adult without a recorded home is one of their own."""
    wanted = list(guardians)
    rows = (
        HouseholdMembership.objects.in_school(school)
        .filter(in_force(on), guardian_id__in=wanted)
        .order_by("pk")
        .values_list("guardian_id", "household_id")
    )
    recorded: dict[int, int] = {}
    for guardian, household in rows:
        if guardian is not None:
            recorded.setdefault(guardian, household)
    return {pk: ("home", recorded[pk]) if pk in recorded else ("own", pk) for pk in wanted}


def _meant(ties: list[Guardianship], audience: Audience, school: School, on: date) -> list[Guardianship]:
    """With chosen homes only their own adults, not a child's other home; with an apology only those it is owed."""
    if audience.kind is AudienceKind.REACHED:
        threads = [message.thread for message in _told(audience, school).select_related("thread")]
        pairs = {(thread.guardian_id, thread.student_id) for thread in threads}
        return [tie for tie in ties if (tie.guardian_id, tie.student_id) in pairs]
    if audience.kind is not AudienceKind.HOUSEHOLDS:
        return ties
    inside = set(
        HouseholdMembership.objects.in_school(school)
        .filter(in_force(on), household__key__in=audience.names)
        .exclude(guardian=None)
        .values_list("guardian_id", flat=True)
    )
    return [tie for tie in ties if tie.guardian_id in inside]
