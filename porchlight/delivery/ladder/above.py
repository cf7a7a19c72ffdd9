"""What only the rooms above know of a parcel: who answered, whom else it concerns, whose errand it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from porchlight.delivery.ladder.terms import Other, Why
from porchlight.delivery.models import Parcel


@dataclass(frozen=True, slots=True)
class Context:
    """What the threads say of one parcel."""

    heard: bool = False  # the home answered, or said anything, since
    asks: bool = False  # an answer is wanted, and none came
    letter: bool = True  # words to one adult alone; nobody above says otherwise
    others: Sequence[Other] = ()
    on_a_list: bool = False


class Above(Protocol):
    """A room above that wrote parcels. Each call runs in the school's context and may be repeated."""

    def context(self, parcels: Sequence[Parcel], now: datetime) -> Mapping[int, Context]:
        """By parcel id, what it knows of those it wrote."""
        ...

    def tell(self, parcel: Parcel, guardian: int, now: datetime) -> None:
        """Say the same to another adult, in their own thread and language."""
        ...

    def ask_somebody(self, parcel: Parcel, why: Why, now: datetime) -> None:
        """Make it a named person's errand."""
        ...


@dataclass(slots=True)
class _Rooms:
    above: list[Above] = field(default_factory=list)


_rooms = _Rooms()


def register(room: Above) -> None:
    """Called once when the house is ready."""
    if room not in _rooms.above:
        _rooms.above.append(room)


def context_of(parcels: Sequence[Parcel], now: datetime) -> dict[int, Context]:
    """By parcel id; a parcel that no room knows is a letter, and nothing is known of it."""
    found: dict[int, Context] = {}
    for room in _rooms.above:
        found.update(room.context(parcels, now))
    return found


def tell(parcel: Parcel, guardian: int, now: datetime) -> None:
    """Let the room that wrote it say it to another adult."""
    for room in _rooms.above:
        room.tell(parcel, guardian, now)


def ask_somebody(parcel: Parcel, why: Why, now: datetime) -> None:
    """Let the room that wrote it find a person."""
    for room in _rooms.above:
        room.ask_somebody(parcel, why, now)
