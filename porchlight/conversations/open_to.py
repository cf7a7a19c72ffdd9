"""Whom a colleague may write to about whom: by their own right, or in one thread that was lent to them."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from porchlight.conversations.models import StandIn
from porchlight.conversations.models.standing_in import ASKED_IN
from porchlight.families.models import Guardianship, own_children
from porchlight.families.models.ties import GuardianshipQuerySet
from porchlight.schools.actors import Actor


def ties_open_to(actor: Actor, *, on: date) -> GuardianshipQuerySet:
    """On this day. What is lent is one adult about one child: no other tie of that child, or of that adult."""
    seen, lent = Guardianship.objects.visible_to(actor), list[tuple[int, int]]()
    if actor.is_one_of(*ASKED_IN):
        rows = StandIn.objects.all().lent_to(actor, on=on)
        lent = list(rows.values_list("thread__guardian", "thread__student"))
    if lent:
        pairs = reduce(or_, (Q(guardian=guardian, student=student) for guardian, student in lent))
        alone = Guardianship.objects.in_school(actor.school_id).filter(pairs)
        alone = alone.exclude(student__in=own_children(actor))
        seen = Guardianship.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=alone.values("pk")))
    return seen.current(on=on)
