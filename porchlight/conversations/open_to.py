"""Whom a colleague may write to about whom: by their own right, or in one thread that was lent to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache, reduce
from operator import or_

from django.db import connection
from django.db.models import CharField, Q

from porchlight.conversations.models import StandIn
from porchlight.conversations.models.standing_in import ASKED_IN
from porchlight.families.models import Guardianship, own_children
from porchlight.families.models.ties import GuardianshipQuerySet
from porchlight.schools.actors import Actor
from porchlight.toolbox import school_time
from porchlight.toolbox.gaps import Gap, Question

BOTH = ("guardian", "student__school")  # of a tie


def ties_open_to(actor: Actor, *, on: date) -> GuardianshipQuerySet:
    """On this day. What is lent is one adult about one child: no other tie of that child, or of that adult."""
    return _open(actor, on, _lent_to(actor, on))


def tie_open_to(actor: Actor, *, student_key: str, guardian_key: str, on: date) -> Guardianship | None:
    """The one between these two, with both of them; None where it is not open to this colleague."""
    if lent := _lent_to(actor, on):
        rows = _open(actor, on, lent).filter(student__key=student_key, guardian__key=guardian_key)
        return rows.select_related(*BOTH).first()
    question = _between(actor, on, school_time.now().date(), connection.vendor)
    return question.first(student=student_key, guardian=guardian_key)


def _open(actor: Actor, on: date, lent: Sequence[tuple[int, int]]) -> GuardianshipQuerySet:
    seen = Guardianship.objects.visible_to(actor)
    if lent:
        pairs = reduce(or_, (Q(guardian=guardian, student=student) for guardian, student in lent))
        alone = Guardianship.objects.in_school(actor.school_id).filter(pairs)
        alone = alone.exclude(student__in=own_children(actor))
        seen = Guardianship.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=alone.values("pk")))
    return seen.current(on=on)


@lru_cache(maxsize=128)
def _between(actor: Actor, on: date, _today: date, _vendor: str) -> Question[Guardianship]:
    """Where nothing is lent: worded once a day for a colleague; whose children they see is asked each time."""
    of_both = {"student__key": Gap("student", CharField()), "guardian__key": Gap("guardian", CharField())}
    return Question(_open(actor, on, ()).filter(**of_both).select_related(*BOTH).order_by("pk")[:1])


def _lent_to(actor: Actor, on: date) -> list[tuple[int, int]]:
    """The adult and the child of each thread that is lent to this colleague."""
    if not actor.is_one_of(*ASKED_IN):
        return []
    return _lent(actor, on, connection.vendor).ask()


@lru_cache(maxsize=128)
def _lent(actor: Actor, on: date, _vendor: str) -> Question[tuple[int, int]]:
    rows = StandIn.objects.all().lent_to(actor, on=on)
    return Question(rows.values_list("thread__guardian", "thread__student"))
