"""Where one wish fits best on a board: every start that is open is priced, the rest is luck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter
from random import Random

from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Way, Wish
from porchlight.meetings.planner.timeline import bits

_FIRST = itemgetter(0)

type Place = tuple[int, Way, int]  # cost, how, where


def best_place(board: Board, wish: Wish, chance: Random | None, slots: int = -1) -> Place | None:
    """The cheapest start; None when it fits nowhere, or nowhere at its price.

    `chance`: decides between starts that cost the same, and holds interpreters' days together; None takes the earliest.
    `slots`: look among these alone.
    """
    best: Place | None = None
    least = board.gain(wish)
    if wish.interpreters:
        slots &= board.heard(wish)
        if not slots:
            return None
    for way in wish.ways:
        if way.cost >= least:
            break  # the ways are sorted: none that follows is cheaper
        open_ = board.free_at(wish, way, slots)
        if not open_:
            continue
        if chance is None:
            starts = bits(open_)
        else:
            if wish.interpreters:
                open_ = open_ & board.snug(wish) or open_
            starts = _round_about(open_, chance)
        found = _cheapest(board, wish, way, starts, least)
        if found is not None:
            least, start = found
            best = least, way, start
    return best


def _cheapest(
    board: Board, wish: Wish, way: Way, starts: Iterable[int], least: int
) -> tuple[int, int] | None:
    """The cost and the start, of those that cost less than `least` and leave the teachers their breaks."""
    day_of, margin = board.round.line.day_of, way.margin
    length, expected, price = wish.length, board.settled.get(wish.number), board.price
    days: dict[int, tuple[int, list[tuple[int, int, int]]]] = {}
    found = []
    for start in starts:
        day = day_of[start]
        prices = days.get(day)
        if prices is None:
            prices = days[day] = board.prices(wish, way, day)
        cost, stretches = prices
        begin, end = start - margin, start + length + margin
        for weight, low, high in stretches:
            if end > high:
                cost += weight * (end - high)
            if begin < low:
                cost += weight * (low - begin)
        if expected is not None and expected != (start, way):
            cost += price
        if cost < least:
            found.append((cost, start))
    while found:
        best = min(found, key=_FIRST)
        if board.breaks_kept(wish, way, best[1]):
            return best
        found.remove(best)
    return None


def _round_about(open_: int, chance: Random) -> Iterator[int]:
    """Each slot of a set, beginning anywhere: of two that cost the same, either may come first."""
    low = (open_ & -open_).bit_length() - 1
    cut = low + int(chance.random() * (open_.bit_length() - low))
    later = open_ >> cut << cut
    return chain(bits(later), bits(open_ ^ later))


def somewhere(slots: int, chance: Random) -> int:
    """One slot of a set that is not empty: the first at or after a place by chance."""
    low = (slots & -slots).bit_length() - 1
    width = slots.bit_length() - low
    at = low + int(chance.random() * width)
    later = slots >> at
    return at + (later & -later).bit_length() - 1
