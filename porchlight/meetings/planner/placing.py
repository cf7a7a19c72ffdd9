"""Where one wish fits best on a board: a few good starts are looked at, never all of them."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from random import Random

from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Way, Wish
from porchlight.meetings.planner.timeline import bits

_FIRST = itemgetter(0)

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
        starts = bits(open_) if chance is None else _worth_a_look(board, wish, way, open_, chance)
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


def _worth_a_look(board: Board, wish: Wish, way: Way, open_: int, chance: Random) -> list[int]:
    """Where it is expected, beside the family's other meetings, beside the teacher's, and three anywhere."""
    if wish.interpreters:
        open_ = open_ & board.snug(wish) or open_
    found = []
    expected = board.settled.get(wish.number)
    if expected is not None and open_ >> expected[0] & 1:
        found.append(expected[0])
    if way.on_site:
        length = wish.length
        walks = board.round.walk[wish.zone]
        for other, at, their, _interpreter in board.of_party[wish.party]:
            if their.on_site:
                its = board.wishes[other]
                walk = walks[its.zone]
                after, before = at + its.length + walk, at - walk - length
                if open_ >> after & 1:
                    found.append(after)
                if open_ >> before & 1:
                    found.append(before)
    busy, margin = board.teacher_busy[wish.teachers[0]], way.margin
    beside = open_ & ((busy << (1 + margin)) | busy >> (wish.length + margin))
    _some(beside, chance, found)
    _some(open_, chance, found)
    return found


def _some(slots: int, chance: Random, found: list[int]) -> None:
    """Adds up to three of a set, by chance."""
    for _ in range(3):
        if not slots:
            return
        low = (slots & -slots).bit_length() - 1
        at = low + int(chance.random() * (slots.bit_length() - low))
        later = slots >> at
        at += (later & -later).bit_length() - 1
        slots ^= 1 << at
        found.append(at)


def somewhere(slots: int, chance: Random) -> int:
    """One slot of a set that is not empty: the first at or after a place by chance."""
    low = (slots & -slots).bit_length() - 1
    width = slots.bit_length() - low
    at = low + int(chance.random() * width)
    later = slots >> at
    return at + (later & -later).bit_length() - 1
