"""Which times of standing hours are free: nothing but counting, so that any day can be tried."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

type Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Weekly:
    """Hours of every week, on the clock of the school."""

    staff: int
    weekday: int
    starts: time
    ends: time
    minutes: int
    modes: tuple[str, ...]
    since: date
    until: date | None = None

    def is_on(self, day: date) -> bool:
        """Whether they are kept on this day."""
        return (
            day.weekday() == self.weekday and day >= self.since and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """One free time of one colleague."""

    staff: int
    starts_at: datetime
    ends_at: datetime
    modes: tuple[str, ...]

    @property
    def code(self) -> str:
        """How a form names it among those of the same colleague."""
        return f"{self.starts_at.astimezone(UTC):%Y%m%dT%H%M}"


def free(
    hours: Iterable[Weekly],
    *,
    days: Sequence[date],
    zone: ZoneInfo,
    busy: Collection[tuple[int, datetime, datetime]] = (),
    away: Collection[tuple[int, date, date]] = (),
    not_before: datetime,
) -> list[Slot]:
    """Free times on these days, the earliest first. `busy` and `away` are of a colleague: from, until.

    On the night the clocks change a time that does not exist is not offered, and one that comes twice only once.
    """
    found = [
        slot
        for one in hours
        for day in days
        if one.is_on(day) and not any(who == one.staff and a <= day <= b for who, a, b in away)
        for slot in _of_a_day(one, day, zone)
        if slot.starts_at >= not_before
        and not any(who == one.staff and a < slot.ends_at and b > slot.starts_at for who, a, b in busy)
    ]
    return _apart(sorted(found, key=lambda slot: (slot.starts_at, slot.staff)))


def _of_a_day(one: Weekly, day: date, zone: ZoneInfo) -> Iterator[Slot]:
    length = timedelta(minutes=one.minutes)
    naive, end = datetime.combine(day, one.starts), datetime.combine(day, one.ends)
    last = end.replace(tzinfo=zone).astimezone(UTC)
    while naive + length <= end:
        starts_at = naive.replace(tzinfo=zone).astimezone(UTC)
        exists = starts_at.astimezone(zone).replace(tzinfo=None) == naive
        if exists and starts_at + length <= last:
            yield Slot(one.staff, starts_at, starts_at + length, one.modes)
        naive += length


def _apart(slots: Iterable[Slot]) -> list[Slot]:
    """Without those that begin inside an earlier one of the same colleague: two rows of hours may overlap."""
    until: dict[int, datetime] = {}
    kept = []
    for slot in slots:
        if slot.staff not in until or slot.starts_at >= until[slot.staff]:
            kept.append(slot)
            until[slot.staff] = slot.ends_at
    return kept
