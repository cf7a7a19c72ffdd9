"""Workers that share a plan: each on its own days, put together without a rule broken, and one may die."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from random import Random
from typing import Any

from porchlight.meetings.planner.crew import Crew, Turn, apply, changes, deal, take_turn, useful
from porchlight.meetings.planner.instance import Round
from porchlight.meetings.planner.planning import Effort, Planning
from porchlight.meetings.planner.tests.drawn import drawn, filled, judged


def turns(board: Any, workers: int, seed: str) -> list[Turn]:
    return [
        Turn(slots, wishes, 0.0, 200, (0.0, 0.1), f"{seed}/{number}", False)
        for number, (slots, wishes) in enumerate(deal(board, workers, Random(seed)))
    ]


def test_days_and_open_wishes_are_dealt_out_whole_and_each_once() -> None:
    board = filled(drawn("small", "tight"))
    (one, mine), (other, theirs) = deal(board, 2, Random(1))
    assert one & other == 0
    assert one | other == sum(board.round.line.days)
    assert sorted(mine + theirs) == [
        n for n, w in enumerate(board.wishes) if w.ways and board.held[n] is None
    ]
    families = [{board.wishes[n].family for n in part} for part in (mine, theirs)]
    assert families[0] & families[1] == set()


def test_what_two_found_apart_is_put_together_without_a_rule_broken() -> None:
    told = drawn("small", "separated", 5)
    whole = filled(told)
    before = list(whole.held)
    for number in range(4):
        found = []
        for turn in turns(whole, 2, f"{number}"):
            alone = filled(told)
            alone.go_back(whole.held)
            found.append(take_turn(alone, turn))
        for one in found:
            apply(whole, one)
        assert judged(told, whole)["cost"]["total"] == whole.penalty
    assert changes(whole, before)


def test_a_worker_that_dies_loses_its_turn_and_nothing_else() -> None:
    told = drawn("small", "tight")
    board = filled(told)
    with Crew(told, board, 1) as crew:
        crew.turn(turns(board, 2, "a"), lambda: True)
        assert len(crew.connections) == 1
        [worker] = crew._processes
        worker.kill()
        worker.join()
        crew.turn(turns(board, 2, "b"), lambda: True)
        assert crew.connections == []
        crew.turn(turns(board, 1, "c"), lambda: True)
    assert judged(told, board)["cost"]["total"] == board.penalty


def test_what_is_fixed_no_worker_moves() -> None:
    told = drawn("small", "tight")
    board = filled(told)
    held = [one.wish for one in board.meetings()]
    board.fixed = frozenset(held)
    before = list(board.held)
    with Crew(told, board, 1) as crew:
        for seed in "abc":
            mine, theirs = turns(board, 2, seed)
            crew.turn(
                [mine._replace(slots=0, wishes=[]), theirs._replace(slots=mine.slots | theirs.slots)],
                lambda: True,
            )
    assert [board.held[n] for n in held] == [before[n] for n in held]


def test_more_workers_than_days_are_not_started() -> None:
    told = drawn("small")
    assert useful(Round(told), 8) == 1
    planning = Planning(filled(told), Effort(steps=80, workers=8))
    planning.together(told)
    assert planning.steps == 80


def _planned(ours: Connection) -> None:
    """What a worker of the broker does, with two processors to spare."""
    told = drawn("small", "tight")
    told["days"].append(told["days"][0] | {"id": len(told["days"])})  # three days: enough for two
    assert useful(Round(told), 2) == 2
    search = Planning(filled(told), Effort(seconds=0.5, workers=2))
    search.together(told)
    ours.send(len(search.best()))


def test_a_worker_that_may_start_no_process_plans_by_itself() -> None:
    """Celery's are such: their pool ends with them, and Python lets them have no children."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    worker = context.Process(target=_planned, args=(there,), daemon=True)
    worker.start()
    there.close()
    assert here.poll(60)
    assert here.recv() > 0
    worker.join(10)
