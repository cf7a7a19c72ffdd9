"""Classes and who teaches them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from porchlight.api.description import Needs, may_fail
from porchlight.api.door import ApiRequest
from porchlight.api.paging import Id, Page, Part, page
from porchlight.families.models.people import in_force
from porchlight.schools.actors import Scope
from porchlight.schools.models import SchoolClass, Teaching

router = Router(tags=["Classes"])


class ClassOut(Schema):
    """`teachers` are ids of colleagues, who leads it first."""

    id: str
    source_id: str
    name: str
    year: str
    teachers: list[str]


@router.get("/classes", response={200: Page[ClassOut], **may_fail()}, auth=Needs(Scope.CLASSES))
def list_classes(request: ApiRequest, part: Query[Part]) -> Any:
    """Classes of now."""
    rows = SchoolClass.objects.visible_to(request.actor).current()
    return page(rows, part, lambda found: _classes(found, request))


@router.get("/classes/{id}", response={200: ClassOut, **may_fail(404)}, auth=Needs(Scope.CLASSES))
def get_class(request: ApiRequest, id: Id) -> Any:
    """One class, also of those that are over."""
    row = get_object_or_404(SchoolClass.objects.visible_to(request.actor), key=id)
    return _classes([row], request)[0]


def _classes(found: Sequence[SchoolClass], request: ApiRequest) -> list[dict[str, Any]]:
    today = request.school.local(request.now).date()
    teachers: dict[int, list[str]] = defaultdict(list)
    rows = Teaching.objects.visible_to(request.actor).filter(in_force(today), school_class__in=found)
    rows = rows.filter(staff__left_at=None).order_by("-is_lead", "pk")
    for school_class, staff in rows.values_list("school_class_id", "staff__key"):
        teachers[school_class].append(staff)
    return [
        {
            "id": one.key,
            "source_id": one.source_id,
            "name": one.name,
            "year": one.year,
            "teachers": teachers[one.pk],
        }
        for one in found
    ]
