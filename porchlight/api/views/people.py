"""Children, the adults who care for them, colleagues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from porchlight.api.description import Needs, may_fail
from porchlight.api.door import ApiRequest
from porchlight.api.paging import A_KEY, Id, Page, Part, page
from porchlight.families.models import ContactPoint, Enrolment, Guardian, Guardianship, Student
from porchlight.families.models.people import in_force
from porchlight.schools.actors import Actor, Scope
from porchlight.schools.models import StaffMember

router = Router(tags=["People"])


class Carer(Schema):
    """An adult who cares for a child and may be written to about it."""

    guardian: str
    relation: str


class StudentOut(Schema):
    """`source_id` is the id of the school's own system. `classes` needs the scope classes:read; empty without."""

    id: str
    source_id: str
    name: str
    called: str
    classes: list[str]
    carers: list[Carer]


class Contact(Schema):
    """A way to reach somebody. `consented` is false as well where they said stop."""

    channel: str
    address: str
    rank: int
    consented: bool


class GuardianOut(Schema):
    """`speaks` and `reads` are BCP 47 tags. `contacts` needs the scope contacts:read, and is empty without."""

    id: str
    source_id: str
    name: str
    addressed_as: str
    speaks: str
    reads: str
    students: list[str]
    contacts: list[Contact]


class StaffOut(Schema):
    """A colleague."""

    id: str
    source_id: str
    name: str


@router.get("/students", response={200: Page[StudentOut], **may_fail()}, auth=Needs(Scope.PEOPLE))
def list_students(
    request: ApiRequest,
    part: Query[Part],
    in_class: Annotated[str, Query(max_length=40, pattern=A_KEY, description="Id of a class.")] = "",
) -> Any:
    """Children on the roll."""
    rows = Student.objects.visible_to(request.actor).on_roll()
    if in_class:
        here = Enrolment.objects.visible_to(request.actor).filter(in_force(_today(request)))
        rows = rows.filter(pk__in=here.filter(school_class__key=in_class).values("student"))
    return page(rows, part, lambda found: _students(found, request.actor, _today(request)))


@router.get("/students/{id}", response={200: StudentOut, **may_fail(404)}, auth=Needs(Scope.PEOPLE))
def get_student(request: ApiRequest, id: Id) -> Any:
    """One child, also of those who left."""
    row = get_object_or_404(Student.objects.visible_to(request.actor), key=id)
    return _students([row], request.actor, _today(request))[0]


@router.get("/guardians", response={200: Page[GuardianOut], **may_fail()}, auth=Needs(Scope.PEOPLE))
def list_guardians(request: ApiRequest, part: Query[Part]) -> Any:
    """Adults who care for a child here and may be written to about it."""
    rows = Guardian.objects.visible_to(request.actor)
    return page(rows, part, lambda found: _guardians(found, request.actor))


@router.get("/guardians/{id}", response={200: GuardianOut, **may_fail(404)}, auth=Needs(Scope.PEOPLE))
def get_guardian(request: ApiRequest, id: Id) -> Any:
    """One adult."""
    row = get_object_or_404(Guardian.objects.visible_to(request.actor), key=id)
    return _guardians([row], request.actor)[0]


@router.get("/staff", response={200: Page[StaffOut], **may_fail()}, auth=Needs(Scope.PEOPLE, Scope.CLASSES))
def list_staff(request: ApiRequest, part: Query[Part]) -> Any:
    """Colleagues who work here now."""
    rows = StaffMember.objects.visible_to(request.actor).working()
    return page(
        rows,
        part,
        lambda found: [{"id": one.key, "source_id": one.source_id, "name": one.name} for one in found],
    )


def _today(request: ApiRequest) -> date:
    return request.school.local(request.now).date()


def _students(found: Sequence[Student], actor: Actor, today: date) -> list[dict[str, Any]]:
    carers: dict[int, list[dict[str, str]]] = defaultdict(list)
    ties = Guardianship.objects.visible_to(actor).filter(student__in=found).order_by("pk")
    for student, guardian, relation in ties.values_list("student_id", "guardian__key", "relation"):
        carers[student].append({"guardian": guardian, "relation": relation})
    classes: dict[int, list[str]] = defaultdict(list)
    places = Enrolment.objects.visible_to(actor).filter(in_force(today), student__in=found).order_by("pk")
    for student, school_class in places.values_list("student_id", "school_class__key"):
        classes[student].append(school_class)
    return [
        {
            "id": one.key,
            "source_id": one.source_id,
            "name": one.name,
            "called": one.short_name,
            "classes": classes[one.pk],
            "carers": carers[one.pk],
        }
        for one in found
    ]


def _guardians(found: Sequence[Guardian], actor: Actor) -> list[dict[str, Any]]:
    children: dict[int, list[str]] = defaultdict(list)
    ties = Guardianship.objects.visible_to(actor).filter(guardian__in=found).order_by("pk")
    for guardian, student in ties.values_list("guardian_id", "student__key"):
        children[guardian].append(student)
    contacts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    points = ContactPoint.objects.visible_to(actor).filter(guardian__in=found, ended_at=None)
    for point in points.select_related("address").order_by("rank", "pk"):
        if point.guardian_id is not None:
            contacts[point.guardian_id].append(
                {
                    "channel": point.address.channel,
                    "address": point.address.known_as,
                    "rank": point.rank,
                    "consented": point.consented and point.address.opted_out_at is None,
                }
            )
    return [
        {
            "id": one.key,
            "source_id": one.source_id,
            "name": one.name,
            "addressed_as": one.addressed_as,
            "speaks": one.speaks,
            "reads": one.reads,
            "students": children[one.pk],
            "contacts": contacts[one.pk],
        }
        for one in found
    ]
