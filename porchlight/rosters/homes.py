"""Every guardian has a home: the one a sheet or the office named, or else one of her own.

A home of her own (`own/…`) is housekeeping, not something a source said: it ends when a shared one is named and
comes back when that ends. New guardians come with theirs (`adding`); here it is for everybody else.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from porchlight.families.models import Guardian, Household, HouseholdMembership
from porchlight.rosters.columns import OWN
from porchlight.schools.models import School

BATCH = 500


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
    # Whoever had a home of her own before moves back into it.
    ended = members.filter(household__source_id__startswith=OWN, guardian__in=_homeless(school, today))
    ended.update(until=None)
    _open(school, now, list(_homeless(school, today).order_by("pk")))


def _homeless(school: School, today: date) -> QuerySet[Guardian]:
    homes = HouseholdMembership.objects.filter(Q(until=None) | Q(until__gte=today), guardian=OuterRef("pk"))
    return Guardian.objects.in_school(school).filter(~Exists(homes), left_at=None)


def _open(school: School, now: datetime, guardians: list[Guardian]) -> None:
    homes = Household.objects.bulk_create(
        (
            Household(
                school=school,
                label=guardian.addressed_as or guardian.name,
                source_id=f"{OWN}{guardian.key}",
                created_at=now,
            )
            for guardian in guardians
        ),
        batch_size=BATCH,
    )
    HouseholdMembership.objects.bulk_create(
        (
            HouseholdMembership(school=school, household=home, guardian=guardian)
            for home, guardian in zip(homes, guardians, strict=True)
        ),
        batch_size=BATCH,
    )
