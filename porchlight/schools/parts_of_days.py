"""Days on which some classes have no school though the school has: rooms above know of them and say so here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from porchlight.schools.actors import Actor
from porchlight.schools.models import School


@dataclass(frozen=True, slots=True)
class PartDay:
    """One day of some classes, and the page that says more."""

    day: date
    classes: str  # their names
    address: str


type Teller = Callable[[School, Actor, date], list[PartDay]]

_tellers: list[Teller] = []


def on_part_days(teller: Teller) -> Teller:
    """The teller is asked for the days from a day on that this actor may read of."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def part_days(school: School, actor: Actor, since: date) -> list[PartDay]:
    """All that anybody knows of, by day."""
    return sorted(
        (one for teller in _tellers for one in teller(school, actor, since)),
        key=lambda one: (one.day, one.classes),
    )
