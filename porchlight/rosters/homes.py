"""Every guardian has a home: the one a sheet or the office named, or else one of her own.

A home of her own (`own/…`) is housekeeping, not something a source said: it ends when a shared one is named and
comes back when that ends.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from porchlight.families.models import Guardian, Household, HouseholdMembership
from porchlight.rosters.writing import insert, moment, reserve
from porchlight.schools.models import School
from porchlight.toolbox.keys import random_keys

OWN = "own/"


def give_everyone_a_home(school: School, *, now: datetime) -> None:
    """End homes of one's own where another is named; open one for each guardian who has none."""
    today = school.local(now).date()
    members = HouseholdMembership.objects.in_school(school)
    # Found by the guardian alone: with the school in it too, a database may walk every row of the school for each.
    current = HouseholdMembership.objects.filter(
        Q(until=None) | Q(until__gte=today), guardian=OuterRef("guardian")
    )
    own = members.filter(until=None, household__source_id__startswith=OWN).exclude(guardian=None)
    shared = current.exclude(household__source_id__startswith=OWN)
    own.filter(Exists(shared)).update(until=today - timedelta(days=1))
    _reopen(school, now)
    _open(school, now)


def _homeless(school: School, now: datetime) -> list[tuple[int, str, str, str]]:
    today = school.local(now).date()
    homes = HouseholdMembership.objects.filter(Q(until=None) | Q(until__gte=today), guardian=OuterRef("pk"))
    rows = Guardian.objects.in_school(school).filter(~Exists(homes), left_at=None).order_by("pk")
    return list(rows.values_list("pk", "key", "name", "addressed_as"))


def _reopen(school: School, now: datetime) -> None:
    """Whoever had a home of her own before moves back into it."""
    wanted = [guardian[0] for guardian in _homeless(school, now)]
    for start in range(0, len(wanted), 500):
        HouseholdMembership.objects.in_school(school).filter(
            guardian__in=wanted[start : start + 500], household__source_id__startswith=OWN
        ).update(until=None)


def _open(school: School, now: datetime) -> None:
    guardians = _homeless(school, now)
    ids = list(reserve(Household, len(guardians)))
    keys, opened = random_keys(), moment(now)
    insert(
        Household,
        ["id", "school_id", "key", "label", "source_id", "created_at"],
        (
            (home, school.pk, next(keys), addressed_as or name, f"{OWN}{key}", opened)
            for home, (_, key, name, addressed_as) in zip(ids, guardians, strict=True)
        ),
    )
    insert(
        HouseholdMembership,
        ["school_id", "household_id", "guardian_id", "student_id", "since", "until"],
        (
            (school.pk, home, guardian[0], None, None, None)
            for home, guardian in zip(ids, guardians, strict=True)
        ),
    )
