"""The first whole plan: what must be held first, then what is asked for most, the scarcest before the others."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.placing import best_place


def fill(board: Board, chance: Random, wishes: Iterable[int] | None = None) -> list[int]:
    """Put what is not held where it fits best, touching nothing that is held; the numbers of what was put."""
    todo = range(len(board.wishes)) if wishes is None else wishes
    put = []
    for number in sorted((n for n in todo if board.held[n] is None), key=lambda n: urgency(board, n)):
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
