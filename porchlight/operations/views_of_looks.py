"""Who looked at whose personal words: for leaders and safeguarding, and to be told to a family that asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from porchlight.activity.looks import LOOK
from porchlight.activity.models import Entry
from porchlight.families.models import Student
from porchlight.operations.look_words import saw
from porchlight.operations.many_people import EXPORTED, MANY_SEEN
from porchlight.operations.places import WATCHERS
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time

SHOWN, FOUND = 100, 20
ALARMS_SHOWN_FOR = timedelta(days=30)


@require_safe
@staff_page(*WATCHERS)
def looks(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The latest looks; with `child` (a key) those at one child's words, with `find` the children of that name."""
    children = Student.objects.visible_to(actor)
    entries = Entry.objects.visible_to(actor)
    found = entries.filter(verb=LOOK)
    child = None
    if "child" in request.GET:
        child = get_object_or_404(children, key=request.GET["child"])
        found = found.filter(looked_at__student_id=child.pk)
    find = request.GET.get("find", "").strip()
    page = {
        "child": child,
        "find": find,
        "children": children.filter(name__icontains=find).order_by("name")[:FOUND] if find else (),
        "looks": _rows(found.select_related("words").prefetch_related("looked_at").order_by("-pk"), actor),
        "alarms": _alarms(entries, actor),
        "most": SHOWN,
    }
    return render(request, "operations/looks.html", page)


def _rows(entries: QuerySet[Entry], actor: Actor) -> list[dict[str, Any]]:
    found = list(entries[:SHOWN])
    ids = {one.student_id for entry in found for one in entry.looked_at.all()}
    children = Student.objects.visible_to(actor).in_bulk(ids)
    people = _people(found, actor)
    return [
        {
            "at": entry.at,
            "who": people.get(entry.actor_id),
            "saw": saw(entry.facts.get("things", {})),
            "children": [
                children[one.student_id] for one in entry.looked_at.all() if one.student_id in children
            ],
            "why": entry.words.text if hasattr(entry, "words") else "",
        }
        for entry in found
    ]


def _alarms(entries: QuerySet[Entry], actor: Actor) -> list[dict[str, Any]]:
    since = school_time.now() - ALARMS_SHOWN_FOR
    found = list(entries.filter(verb__in=[EXPORTED, MANY_SEEN], at__gt=since).order_by("-pk")[:FOUND])
    people = _people(found, actor)
    return [
        {"at": entry.at, "who": people.get(entry.actor_id), "exported": entry.verb == EXPORTED}
        for entry in found
    ]


def _people(entries: list[Entry], actor: Actor) -> dict[int | None, StaffMember]:
    ids = {entry.actor_id for entry in entries if entry.actor_kind == "staff"}
    return {**StaffMember.objects.visible_to(actor).in_bulk([one for one in ids if one])}
