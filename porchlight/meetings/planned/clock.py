"""The days of a round as the planner counts them: slots of five minutes on the school's clock, from a day's start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from math import ceil
from typing import NamedTuple

from porchlight.meetings.models import SLOT, Round, RoundDay
from porchlight.meetings.rounds.windows import minutes_between

STEP = timedelta(minutes=SLOT)


class Span(NamedTuple):
    """Slots [start, end) of a day; `day` is the row's id."""

    day: int
    start: int
    end: int


@dataclass(frozen=True)
class Clock:
    """A round's days, the earliest first."""

    zone: tzinfo
    days: Sequence[RoundDay]

    def begins(self, day: RoundDay) -> datetime:
        """The day's first moment."""
        return datetime.combine(day.day, day.starts, tzinfo=self.zone)

    def slots(self, day: RoundDay) -> int:
        """How many whole slots it has."""
        return minutes_between(day.starts, day.ends) // SLOT

    def at(self, day_id: int, slot: int) -> datetime:
        """When a slot begins. Raises LookupError for a day of another round."""
        day = next((one for one in self.days if one.pk == day_id), None)
        if day is None:
            raise LookupError(f"the round has no day {day_id}")
        return self.begins(day) + slot * STEP

    def inside(self, day: RoundDay, starts: time, ends: time) -> Span | None:
        """The whole slots between two hours of a day; None when there is none."""
        start = max(0, ceil(minutes_between(day.starts, starts) / SLOT))
        end = min(self.slots(day), minutes_between(day.starts, ends) // SLOT)
        return Span(day.pk, start, end) if end > start else None

    def touched(self, starts_at: datetime, ends_at: datetime) -> list[Span]:
        """The slots of which any minute lies in this time."""
        found = []
        for day in self.days:
            begins = self.begins(day)
            start = max(0, (starts_at - begins) // STEP)
            end = min(self.slots(day), -((begins - ends_at) // STEP))
            if end > start:
                found.append(Span(day.pk, start, end))
        return found

    def place(self, when: datetime) -> tuple[int, int] | None:
        """The day and slot that begin at this moment; None when none does."""
        for day in self.days:
            slot, rest = divmod(when - self.begins(day), STEP)
            if not rest and 0 <= slot < self.slots(day):
                return day.pk, slot
        return None


def clock_of(round_: Round) -> Clock:
    """Of a round of a school that is loaded with it."""
    return Clock(round_.school.zone, list(round_.days.order_by("day")))


def without(spans: Iterable[Span], gone: Iterable[Span]) -> list[Span]:
    """What is left of the first when the second is cut out."""
    left = list(spans)
    for hole in gone:
        parts = []
        for one in left:
            if one.day != hole.day or hole.end <= one.start or one.end <= hole.start:
                parts.append(one)
                continue
            parts += [one._replace(end=hole.start)] if one.start < hole.start else []
            parts += [one._replace(start=hole.end)] if hole.end < one.end else []
        left = parts
    return left


def in_slots(minutes: int) -> int:
    """As many slots as these minutes take."""
    return ceil(minutes / SLOT)
