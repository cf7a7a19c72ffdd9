"""Where a wish is put: the cheapest of all places, breaks kept, and interpreters' days not broken into useless pieces."""

from __future__ import annotations

from random import Random

import pytest

from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Way, Wish
from porchlight.meetings.planner.placing import best_place
from porchlight.meetings.planner.search import Search
from porchlight.meetings.planner.tests.drawn import drawn, filled
from porchlight.meetings.planner.timeline import bits, span


def breaks_by_hand(board: Board, wish: Wish, way: Way, start: int) -> bool:
    """H10 as the format says it, window by window and slot by slot."""
    rules, line = board.round.rules, board.round.line
    taken = span(start - way.margin, start + wish.length + way.margin)
    first = line.first[line.day_of[start]]
    last = first + line.slots[line.day_of[start]]
    for teacher in wish.teachers:
        busy = board.teacher_busy[teacher] | taken
        for begin in range(first, last - rules.max_run - rules.break_slots + 1):
            breaks = range(begin, begin + rules.max_run + 1)
            if not any(not busy & span(one, one + rules.break_slots) for one in breaks):
                return False
    return True


@pytest.mark.parametrize("profile", ["tight", "homevisit"])
def test_a_teacher_s_break_is_refused_exactly_where_the_rule_is_broken(profile: str) -> None:
    board = filled(drawn("small", profile, 2))
    answers = set()
    for wish in board.wishes:
        if board.held[wish.number] is not None:
            board.take(wish.number)
        for way in wish.ways:
            for start in bits(board.open_at(wish, way)):
                kept = board.breaks_kept(wish, way, start)
                assert kept == breaks_by_hand(board, wish, way, start)
                answers.add(kept)
    assert answers == {True, False}


def test_a_wish_is_put_where_nothing_is_cheaper_whatever_the_chance() -> None:
    board, chance, looked_at = filled(drawn("small", "separated", 2)), Random(1), 0
    for wish in board.wishes:
        if board.held[wish.number] is not None:
            board.take(wish.number)
        costs = [
            board.cost(wish, way, start)
            for way in wish.ways
            for start in bits(board.open_at(wish, way))
            if board.breaks_kept(wish, way, start)
        ]
        worth_it = [one for one in costs if one < board.gain(wish)]
        place = best_place(board, wish, None)
        assert (place and place[0]) == (min(worth_it) if worth_it else None)
        if place is not None and not wish.interpreters:
            drawn_at = best_place(board, wish, chance)
            assert drawn_at is not None
            assert drawn_at[0] == place[0] == board.cost(wish, drawn_at[1], drawn_at[2])
            looked_at += 1
    assert looked_at > 100


def left_over(free: int, start: int, end: int) -> list[int]:
    """How many free slots lie right before and right after [start, end)."""
    sides = []
    for at, step in ((start - 1, -1), (end, 1)):
        slots = 0
        while free >> at & 1:
            slots, at = slots + 1, at + step
        sides.append(slots)
    return sides


def test_snug_is_where_an_interpreter_is_left_with_no_rest_that_is_too_short() -> None:
    board = filled(drawn("small", "interpreter"))
    round_, left_away = board.round, 0
    shortest = min(wish.length for wish in board.wishes if wish.interpreters)
    for wish in (one for one in board.wishes if one.interpreters):
        expected = 0
        for start in bits(board.heard(wish)):
            for speaker in board.speakers_at(wish, start):
                free = round_.interpreter_windows[speaker] & ~board.interpreter_busy[speaker]
                rests = left_over(free, start, start + wish.length)
                if all(rest == 0 or rest >= shortest for rest in rests):
                    expected |= 1 << start
        assert board.snug(wish) == expected
        left_away += expected != board.heard(wish)
    assert left_away > 0


def test_the_interpreter_whose_day_stays_whole_comes() -> None:
    board = Board(filled(drawn("medium", "interpreter")).round)
    wish = next(one for one in board.wishes if len(one.interpreters) > 1 and one.ways)
    round_, [one, other, *_] = board.round, wish.interpreters
    both = round_.interpreter_windows[one] & round_.interpreter_windows[other]
    start = next(at for at in bits(both) if both >> at & 0b1111111 == 0b1111111) + 1
    for torn, whole in ((one, other), (other, one)):
        round_.interpreter_windows[torn] = span(start - 1, start + wish.length)
        round_.interpreter_windows[whole] = span(start, start + wish.length)
        assert board.speaker_for(wish, start) == whole


def test_a_search_fills_the_days_of_interpreters_who_are_short() -> None:
    board = filled(drawn("medium", "interpreter"))
    round_ = board.round

    def used() -> int:
        return sum(one.bit_count() for one in board.interpreter_busy)

    before, search = used(), Search(board, "heard")
    for _ in range(1500):
        search.step(10.0, 8)
    assert used() > before
    assert used() >= 0.9 * sum(one.bit_count() for one in round_.interpreter_windows)
