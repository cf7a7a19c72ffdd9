"""One day of a round as a table: colleagues across, times down. What a colleague may not see is only taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from math import gcd

from porchlight.meetings.models import GuestSeat, RoundDay, RoundHost, Wish
from porchlight.meetings.planned.standing import Standing
from porchlight.meetings.planner.timeline import span


@dataclass
class Cell:
    """One field of the table. `rows`: how many it is high."""

    kind: str  # "ours", "taken", "free" or "off"
    slot: int
    at: str = ""  # where a wish can be put: "day.slot"
    rows: int = 1
    wish: Wish | None = None
    words: list[str] = field(default_factory=list)  # what the adults said
    clash: bool = False
    interpreter: str = ""


@dataclass
class Row:
    """One time."""

    starts_at: datetime
    cells: list[Cell]


@dataclass
class Sheet:
    """The whole table of a day."""

    day: RoundDay
    hosts: list[RoundHost]
    rows: list[Row]


def sheet_of(
    standing: Standing, day: RoundDay, seen: Collection[str], hosts: Collection[str] | None = None
) -> Sheet:
    """`seen`: keys of the wishes that the reader may see. `hosts`: only these colleagues' columns."""
    clock = standing.asked.clock
    columns = [
        one
        for one in standing.asked.hosts.values()
        if not one.interprets and (hosts is None or one.key in hosts)
    ]
    step = _step(standing)
    said = _said(standing)
    across = [_column(standing, day, one, step, seen, said) for one in columns]
    slots = range(0, clock.slots(day), step)
    rows = [
        Row(clock.at(day.pk, slot), [cell for cells in across if (cell := cells.get(slot)) is not None])
        for slot in slots
    ]
    there = [
        one
        for one, cells in zip(columns, across, strict=True)
        if any(c.kind != "off" for c in cells.values())
    ]
    if len(there) < len(columns) and there:
        return sheet_of(standing, day, seen, {one.key for one in there})
    return Sheet(day, columns, rows)


def _step(standing: Standing) -> int:
    """Slots of a row: the largest on which everything begins and ends."""
    planner = standing.planner
    lengths = [one.length for one in planner.wishes]
    starts = [planner.day_and_slot(one.start)[1] for one in standing.board.meetings()]
    return reduce(gcd, [*lengths, *starts], 0) or 1


def _said(standing: Standing) -> Mapping[int, list[str]]:
    meetings = [one.meeting_id for one in standing.asked.wishes.values() if one.meeting_id]
    found: dict[int, list[str]] = {}
    for seat in GuestSeat.objects.filter(meeting__in=meetings).exclude(word="").order_by("pk"):
        found.setdefault(seat.meeting_id, []).append(seat.get_word_display())
    return found


def _column(
    standing: Standing,
    day: RoundDay,
    host: RoundHost,
    step: int,
    seen: Collection[str],
    said: Mapping[int, list[str]],
) -> dict[int, Cell]:
    planner, clock = standing.planner, standing.asked.clock
    number = planner.teachers.index(host.key)
    there = 0
    for slots in planner.teacher_windows[number].values():
        there |= slots
    first = planner.place(day.pk, 0)
    cells: dict[int, Cell] = {}
    for slot in range(0, clock.slots(day), step):
        is_free = not span(first + slot, first + slot + step) & ~there
        cells[slot] = Cell("free" if is_free else "off", slot, f"{day.pk}.{slot}" if is_free else "")
    for wish_number in planner.of_teacher[number]:
        held = standing.board.held[wish_number]
        if held is None or planner.day_and_slot(held.start)[0] != day.pk:
            continue
        slot, length = held.start - first, standing.board.wishes[wish_number].length
        _fill(
            standing,
            cells,
            slot,
            max(1, length // step),
            step,
            standing.board.wishes[wish_number].key,
            seen,
            said,
        )
    return cells


def _fill(
    standing: Standing,
    cells: dict[int, Cell],
    slot: int,
    rows: int,
    step: int,
    key: str,
    seen: Collection[str],
    said: Mapping[int, list[str]],
) -> None:
    for later in range(slot + step, slot + rows * step, step):
        cells.pop(later, None)
    wish = standing.asked.wishes[key]
    if key not in seen:
        cells[slot] = Cell("taken", slot, rows=rows)
        return
    speaker = wish.meeting.interpreter.name if wish.meeting and wish.meeting.interpreter else ""
    cells[slot] = Cell(
        "ours", slot, rows=rows, wish=wish, words=list(said.get(wish.meeting_id or 0, [])),
        clash=key in standing.at_odds, interpreter=speaker,
    )  # fmt: skip
