"""Every time that is free for one wish, as things stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from porchlight.meetings.models import Mode, Wish
from porchlight.meetings.planned.standing import Standing
from porchlight.meetings.planner.timeline import bits

MOST = 200  # of a list that one chooses from


@dataclass(frozen=True)
class Choice:
    """A place: the day's row id, the slot, the way."""

    day: int
    slot: int
    mode: str = ""
    starts_at: datetime | None = None

    @property
    def at(self) -> str:
        """As a form sends it."""
        return f"{self.day}.{self.slot}.{self.mode}"

    @property
    def way(self) -> str:
        """In words."""
        return str(Mode(self.mode).label) if self.mode else ""


def choices_for(standing: Standing, wish: Wish) -> list[Choice]:
    """The way the family likes best first; each in the order of time. The wish may be held now."""
    number = standing.number(wish)
    if number is None:
        return []
    board = standing.board
    if board.held[number] is not None:
        board.take(number)
    asked, found = board.wishes[number], list[Choice]()
    for way in asked.ways:
        for start in bits(board.open_at(asked, way)):
            if board.breaks_kept(asked, way, start):
                day, slot = standing.planner.day_and_slot(start)
                found.append(Choice(day, slot, way.mode, standing.moment(start)))
    return found[:MOST]
