"""Finding a child or an adult by name, for pages that begin with a person."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from porchlight.families.models import Guardian, Student, around_own_children, own_children
from porchlight.families.models.people import GuardianQuerySet, StudentQuerySet
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest

MOST = 20
CHILD, ADULT = "child", "adult"


def search(request: SchoolRequest, actor: Actor) -> dict[str, Any]:
    """`find` and who has such a name, for `privacy/finding.html`; those who left as well."""
    find = request.GET.get("find", "").strip()
    if not find:
        return {"find": "", "children": (), "adults": ()}
    children = _children(actor).filter(Q(name__icontains=find) | Q(called__icontains=find))
    adults = _adults(actor).filter(Q(name__icontains=find) | Q(addressed_as__icontains=find))
    return {
        "find": find,
        "children": children.order_by("name", "pk").prefetch_related("ties__guardian")[:MOST],
        "adults": adults.order_by("name", "pk").prefetch_related("ties__student")[:MOST],
    }


def person_of(who: str, actor: Actor) -> Student | Guardian:
    """`child:<key>` or `adult:<key>`, as the page's buttons say. Raises Http404."""
    kind, _, key = who.partition(":")
    if kind == CHILD:
        return get_object_or_404(_children(actor), key=key)
    if kind == ADULT:
        return get_object_or_404(_adults(actor), key=key)
    raise Http404


def _children(actor: Actor) -> StudentQuerySet:
    """But a colleague's own: whoever asks of those is answered by another."""
    return Student.objects.visible_to(actor).exclude(pk__in=own_children(actor))


def _adults(actor: Actor) -> GuardianQuerySet:
    return Guardian.objects.visible_to(actor).exclude(pk__in=around_own_children(actor))
