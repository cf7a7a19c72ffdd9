"""How long each sort is kept: what Porchlight proposes, between which bounds a school may choose, and what it chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from porchlight.activity.record import record
from porchlight.privacy.models import OwnLimit
from porchlight.schools.actors import Actor
from porchlight.schools.law.followed import law_of
from porchlight.schools.law.reading import Figure, Years
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from porchlight.toolbox.kept import Limit

YEAR = 365


@dataclass(frozen=True)
class Bounds:
    """Days. Nothing about a person is kept without an end, so each has a most."""

    days: int
    least: int
    most: int

    @property
    def is_fixed(self) -> bool:
        return self.least == self.most


# Records of safeguarding are kept longest: many countries ask for years after the child has left (decision 58).
BOUNDS: Mapping[Limit, Bounds] = {
    Limit.ROLL: Bounds(YEAR, 30, 7 * YEAR),
    Limit.TALK: Bounds(3 * YEAR, YEAR, 7 * YEAR),
    Limit.SAFETY: Bounds(7 * YEAR, 3 * YEAR, 30 * YEAR),
    Limit.CARRIED: Bounds(YEAR, 90, 3 * YEAR),
    Limit.LISTS: Bounds(180, 30, 2 * YEAR),
    Limit.RAW: Bounds(30, 9, 30),  # a gateway may say a thing again for a week
    Limit.UNUSED: Bounds(7, 7, 7),
    Limit.SIGN_IN: Bounds(30, 30, 30),
    Limit.TASKS: Bounds(30, 30, 30),
    Limit.DAY: Bounds(1, 1, 1),
}
CHOSEN = [limit for limit, bounds in BOUNDS.items() if not bounds.is_fixed]


def bounds_of(school: School) -> dict[Limit, Bounds]:
    """Ours, but where the law a school follows asks for longer."""
    asked = law_of(school).keep
    return {limit: _as_asked(bounds, asked.get(limit)) for limit, bounds in BOUNDS.items()}


def _as_asked(bounds: Bounds, asked: Figure[Years] | None) -> Bounds:
    if asked is None:
        return bounds
    return replace(bounds, days=asked.value.proposed * YEAR, least=asked.value.least * YEAR)


def days_of(school: School) -> dict[Limit, int]:
    """Days of each limit here: the school's own, never shorter than its law has them."""
    own = dict(OwnLimit.objects.in_school(school).values_list("limit", "days"))
    return {
        limit: max(own.get(limit.value, bounds.days), bounds.least)
        for limit, bounds in bounds_of(school).items()
    }


def ends(school: School, now: datetime) -> dict[Limit, datetime]:
    """What is older than this is past its limit."""
    return {limit: now - timedelta(days=days) for limit, days in days_of(school).items()}


@transaction.atomic
def set_limits(days: Mapping[Limit, int], *, school: School, by: Actor) -> None:
    """Keep what the school chose. Raises ValueError outside the bounds."""
    every = bounds_of(school)
    for limit, number in days.items():
        bounds = every[limit]
        if not bounds.least <= number <= bounds.most:
            raise ValueError(f"{limit}: {number} days are not between {bounds.least} and {bounds.most}")
        OwnLimit.objects.update_or_create(
            school=school,
            limit=limit,
            defaults={"days": number, "set_by_id": by.post_id, "set_at": school_time.now()},
        )
    record("privacy.limits_set", about=school, by=by, days={limit.value: n for limit, n in days.items()})


def due_on(school: School, asked_at: datetime) -> date:
    """The last day on which what was asked may be answered; holidays of the school do not stop this clock."""
    return school.local(asked_at).date() + timedelta(days=law_of(school).copies.value)
