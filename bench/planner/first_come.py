"""What usual booking would have held: requests in the order they came, nobody moved for anybody.

Both stand on the planner's board, which only knows the rules; where each is put is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Round, Way, Wish
from porchlight.meetings.planner.timeline import bits


class Place(NamedTuple):
    """Compares by cost, then by start."""

    cost: int
    start: int
    way: Way


def earliest(round_: Round) -> Board:
    """Each request gets the earliest slot that is open, in whichever way."""
    board = Board(round_)
    for wish in round_.wishes:
        starts = [next(_open(board, wish, way, -1), None) for way in wish.ways]
        found = [(start, number) for number, start in enumerate(starts) if start is not None]
        if found:
            start, number = min(found)
            _put(board, wish.number, wish.ways[number], start)
    return board


def best_run(round_: Round) -> Board:
    """Each family gets, when its turn comes, the best of its days: what is held, then ways, trips and waiting."""
    board = Board(round_)
    of_party: dict[int, list[int]] = {}
    for wish in round_.wishes:
        of_party.setdefault(wish.party, []).append(wish.number)
    for wishes in of_party.values():
        tried = [_on_day(board, wishes, day) for day in round_.line.days]
        _penalty, run = min(tried, key=lambda one: one[0])
        for number, place in run:
            _put(board, number, place.way, place.start)
    return board


def _on_day(board: Board, wishes: list[int], day: int) -> tuple[int, list[tuple[int, Place]]]:
    """The penalty and the places when all that can be is held on this day, the rest elsewhere. The board stays."""
    run = []
    for slots in (day, -1):
        for number in wishes:
            if board.held[number] is None:
                place = _cheapest(board, board.wishes[number], slots)
                if place is not None:
                    _put(board, number, place.way, place.start)
                    run.append((number, place))
    penalty = board.penalty
    for number, _place in run:
        board.take(number)
    return penalty, run


def _put(board: Board, number: int, way: Way, start: int) -> None:
    """With the interpreter, of those who are free then, who speaks the fewest languages."""
    free = board.speakers_at(board.wishes[number], start)
    board.put(
        number,
        way,
        start,
        interpreter=min(free, key=lambda one: (len(board.round.speaks[one]), one), default=-1),
    )


def _cheapest(board: Board, wish: Wish, slots: int) -> Place | None:
    best = None
    for way in wish.ways:
        for start in _open(board, wish, way, slots):
            place = Place(board.cost(wish, way, start), start, way)
            if best is None or place[:2] < best[:2]:
                best = place
    return best


def _open(board: Board, wish: Wish, way: Way, slots: int) -> Iterator[int]:
    return (one for one in bits(board.open_at(wish, way, slots)) if board.breaks_kept(wish, way, one))
