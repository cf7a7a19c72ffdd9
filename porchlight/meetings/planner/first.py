"""The first whole plan: what must be held first, then what is asked for most, the scarcest before the others."""

from __future__ import annotations

from random import Random

from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.placing import best_place


def begin(board: Board, seed: int) -> list[int]:
    """Fill a whole round, by the chance of a seed."""
    return fill(board, Random(f"{seed}/first"))


def fill(board: Board, chance: Random | None) -> list[int]:
    """Put what is not held where it fits best, touching nothing that is held; the numbers of what was put.

    `chance`: decides between places that cost the same; None takes the earliest.
    """
    put = []
    open_ = [number for number, meeting in enumerate(board.held) if meeting is None]
    for number in sorted(open_, key=lambda n: urgency(board, n)):
        place = best_place(board, board.wishes[number], chance)
        if place is not None:
            cost, way, start = place
            board.put(number, way, start, cost)
            put.append(number)
    return put


def urgency(board: Board, number: int) -> tuple[bool, int, int, int]:
    """Sorts what comes first to the front: must-sees, high priority, few starts that were ever possible."""
    wish = board.wishes[number]
    return not wish.must, -wish.priority, sum(way.starts.bit_count() for way in wish.ways), number
