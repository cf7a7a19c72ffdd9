"""What a board says of itself is what the judge says, whatever was done to it, in every kind of round."""

from __future__ import annotations

from random import Random

import pytest

from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Round
from porchlight.meetings.planner.placing import somewhere
from porchlight.meetings.planner.search import Search
from porchlight.meetings.planner.tests.drawn import PROFILES, drawn, filled, judged


def state(board: Board) -> tuple:
    return (
        board.penalty,
        list(board.held),
        list(board.teacher_busy),
        list(board.interpreter_busy),
        [sorted(one) for one in board.of_interpreter],
        [sorted(one) for one in board.of_party],
        list(board.unmet),
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_after_random_puts_and_takes_the_judge_finds_no_rule_broken_and_the_same_penalty(
    profile: str,
) -> None:
    told = drawn("small", profile, 2)
    board, chance = Board(Round(told)), Random(profile)
    for number in range(600):
        one = chance.randrange(len(board.wishes))
        if board.held[one] is not None:
            if chance.random() < 0.4:
                board.take(one)
        else:
            for way in board.wishes[one].ways:
                open_ = board.open_at(board.wishes[one], way)
                start = somewhere(open_, chance) if open_ else -1
                if start >= 0 and board.breaks_kept(board.wishes[one], way, start):
                    board.put(one, way, start)
                    break
        if number % 150 == 149:
            assert judged(told, board)["cost"]["total"] == board.penalty
    assert len(board.meetings()) > 50


@pytest.mark.parametrize("profile", PROFILES)
def test_a_search_never_breaks_a_rule_and_counts_right(profile: str) -> None:
    told = drawn("small", profile, 3)
    board = filled(told)
    before, search = board.penalty, Search(board, "x")
    for step in range(400):
        search.step(20.0 if step < 200 else 1.0, 10)
    figures = judged(told, board)
    assert figures["cost"]["total"] == board.penalty < before
    assert sorted(search.open) == [n for n, w in enumerate(board.wishes) if w.ways and board.held[n] is None]


def test_a_step_that_is_not_worth_it_leaves_everything_as_it_was() -> None:
    board = filled(drawn("small", "interpreter", 1))
    search, left = Search(board, "y"), 0
    for _ in range(300):
        before = state(board)
        if not search.step(1e-9, 10):
            assert state(board) == before
            left += 1
    assert left > 100


def test_what_is_not_held_cannot_be_taken() -> None:
    with pytest.raises(LookupError):
        Board(Round(drawn())).take(0)


def test_a_search_with_days_of_its_own_changes_nothing_on_the_others() -> None:
    board = filled(drawn("small", "tight", 1))
    mine, other = board.round.line.days
    on_other = [one for one in board.meetings() if other >> one.start & 1]
    search = Search(board, "z", slots=mine, wishes=[])
    for _ in range(200):
        search.step(30.0, 10)
    assert [one for one in board.meetings() if other >> one.start & 1] == on_other
    assert on_other
