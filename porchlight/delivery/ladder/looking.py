"""Comes by when a wait is over: urgent words and questions with a date climb although nothing failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from porchlight.accounts.limits import Rate, take
from porchlight.delivery.addressing import of_one_number
from porchlight.delivery.content import Urgency
from porchlight.delivery.ladder.climbing import go
from porchlight.delivery.ladder.facts import facts_of, rungs_of
from porchlight.delivery.ladder.rules import next_step
from porchlight.delivery.ladder.terms import BY_PEOPLE
from porchlight.delivery.models import Parcel
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.families.models import Address
from porchlight.schools.models import School

ONCE_A_MINUTE = Rate(1, timedelta(minutes=1))  # however many workers tick
AT_ONCE = 500
STILL_MATTERS = timedelta(days=3)


@on_tick
def look(school: School, now: datetime) -> None:
    """Once a minute for each school that has anything on its ladder."""
    due = Parcel.objects.in_school(school).filter(climbs_at__lte=now)
    if due.exists() and take(f"ladder:{school.pk}", ONCE_A_MINUTE, now=now):
        climb_due(school, now)


def not_theirs(address: Address, now: datetime) -> int:
    """Somebody else reads at that number: what is urgent or wants an answer looks for another way. Returns how much."""
    there = Parcel.objects.in_school(address.school_id).filter(
        deliveries__address__in=of_one_number(address), created_at__gte=now - STILL_MATTERS, withdrawn_at=None
    )
    meant = there.filter(Q(urgency=Urgency.URGENT) | Q(answer_by__gt=now))
    return Parcel.objects.filter(pk__in=meant.values("pk")).update(climbs_at=now)


@transaction.atomic
def climb_due(school: School, now: datetime) -> int:
    """One look at each parcel whose wait is over; a second look at once finds none. Returns how many."""
    due = Parcel.objects.in_school(school).filter(climbs_at__lte=now).select_for_update(of=("self",))
    rows = due.order_by("climbs_at", "pk").select_related("guardian").prefetch_related("about__student")
    parcels = list(rows[:AT_ONCE])
    rungs, calls = rungs_of(school), 0
    for facts in facts_of(parcels, school, now) if parcels else []:
        case = replace(facts.case, calls_today=facts.case.calls_today + calls)
        step = next_step(case, rungs, now)
        following = go(facts, step, now)
        calls += following is not None and following.channel in BY_PEOPLE
    return len(parcels)
