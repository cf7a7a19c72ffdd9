"""Slots as bits: against the plain way of counting."""

from __future__ import annotations

from random import Random

import pytest

from porchlight.meetings.planner.instance import Round
from porchlight.meetings.planner.tests.drawn import drawn, filled, judged
from porchlight.meetings.planner.timeline import Timeline, bits, runs, span, touched


@pytest.mark.parametrize("length", [1, 2, 3, 5, 8])
def test_runs_and_touched_say_what_counting_says(length: int) -> None:
    chance = Random(length)
    for _ in range(50):
        slots = chance.getrandbits(60)
        there = set(bits(slots))
        assert set(bits(runs(slots, length))) == {
            s for s in there if all(s + k in there for k in range(length))
        }
        meets = {s for s in range(60) if any(s + k in there for k in range(length))}
        assert set(bits(touched(slots, length))) == meets


def test_a_window_beyond_its_day_is_cut_off() -> None:
    line = Timeline([10, 5], 3)
    assert line.window(0, -4, 99) == span(3, 13)
    assert line.window(1, 2, 3) == span(18, 19)
    assert [line.day_of[place] for place in (3, 12, 16, 20)] == [0, 0, 1, 1]


def test_however_long_ways_and_breaks_are_no_day_reaches_into_another() -> None:
    told = drawn("small", "separated", 4)
    for party in told["parties"]:
        party["travel"] = 40
    for pair in told["separations"]:
        pair["gap"] = 500
    told["zones"]["walk"] = [[0, 30], [1, 0]]
    told["rules"]["max_run"] = 50
    board = filled(told)
    assert judged(told, board)["cost"]["total"] == board.penalty
    assert Round(told).line.first[0] > 80
    assert len({board.round.line.day_of[one.start] for one in board.meetings()}) == 2
