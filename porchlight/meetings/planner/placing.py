"""Where one wish fits best on a board: a few good starts are looked at, never all of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Way, Wish
from porchlight.meetings.planner.timeline import bits

type Place = tuple[int, Way, int]  # cost, how, where


def best_place(board: Board, wish: Wish, chance: Random | None, slots: int = -1) -> Place | None:
    """The cheapest of the starts that are worth looking at; None when it fits nowhere, or nowhere at its price.

    `chance`: None looks at every start there is. `slots`: look among these alone.
    """
    best: Place | None = None
    least = board.gain(wish)
    for way in wish.ways:
        if way.cost >= least:
            break  # the ways are sorted: none that follows is cheaper
        open_ = board.open_at(wish, way, slots)
        if not open_:
            continue
        for start in bits(open_) if chance is None else _worth_a_look(board, wish, way, open_, chance):
            cost = board.cost(wish, way, start)
            if cost < least and board.breaks_kept(wish, way, start):
                least, best = cost, (cost, way, start)
    return best


def _worth_a_look(board: Board, wish: Wish, way: Way, open_: int, chance: Random) -> Iterator[int]:
    """Where it is expected, beside the family's other meetings, beside the teacher's, and three anywhere."""
    seen = 0
    expected = board.settled.get(wish.number)
    if expected is not None and open_ >> expected[0] & 1:
        seen = 1 << expected[0]
        yield expected[0]
    if way.on_site:
        for other, at, their, _interpreter in board.of_party[wish.party]:
            if their.on_site:
                its = board.wishes[other]
                walk = board.round.walk[wish.zone][its.zone]
                for start in (at + its.length + walk, at - walk - wish.length):
                    bit = 1 << start
                    if open_ & bit and not seen & bit:
                        seen |= bit
                        yield start
    busy = board.teacher_busy[wish.teachers[0]]
    beside = open_ & ((busy << (1 + way.margin)) | busy >> (wish.length + way.margin)) & ~seen
    for _ in range(3):
        if not beside:
            break
        start = somewhere(beside, chance)
        beside &= ~(1 << start)
        seen |= 1 << start
        yield start
    rest = open_ & ~seen
    for _ in range(3):
        if not rest:
            break
        start = somewhere(rest, chance)
        rest &= ~(1 << start)
        yield start


def somewhere(slots: int, chance: Random) -> int:
    """One slot of a set that is not empty: the first at or after a place by chance."""
    low = (slots & -slots).bit_length() - 1
    width = slots.bit_length() - low
    at = low + int(chance.random() * width)
    later = slots >> at
    return at + (later & -later).bit_length() - 1
