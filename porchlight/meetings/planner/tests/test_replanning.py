"""Planning again: what families know stays, what is offered has its price, and nothing changed means nothing changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.planner.check import check
from porchlight.meetings.planner import command, plan, proposals, replan
from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Round
from porchlight.meetings.planner.planning import Effort, Planning
from porchlight.meetings.planner.tests.drawn import drawn, filled, judged, twin


def planned(told: dict[str, Any], steps: int = 600) -> dict[str, Any]:
    planning = Planning(filled(told), Effort(steps=steps))
    planning.alone()
    planning.finish()
    return plan.told(planning.board.round, planning.best(), {})


def test_a_re_plan_without_changes_changes_nothing() -> None:
    for profile in ("normal", "interpreter"):
        told = drawn("small", profile)
        before = planned(told)
        board, gone = replan.keep_and_insert(Round(told), before)
        assert gone == []
        assert plan.told(board.round, board.meetings(), {}) == before


def test_insert_only_touches_nobody_who_changed_nothing() -> None:
    told = drawn("small", "separated")
    before, changed = planned(told), twin(told)
    board, gone = replan.keep_and_insert(Round(changed), before)
    figures = judged(changed, board, before)["replan"]
    assert figures["changes_to_unchanged_parties"] == 0
    assert gone
    assert figures["kept"] + len(gone) == figures["published"]


def priced(
    told: dict[str, Any],
) -> tuple[dict[str, Any], dict[str, Any], Board, replan.PricedBoard, Planning]:
    before, changed = planned(told), twin(told)
    kept, _gone = replan.keep_and_insert(Round(changed), before)
    board = replan.priced(kept.round, kept, before)
    board.most_strayed = 4
    planning = Planning(board, Effort(steps=1500))
    replan.search(planning)
    return before, changed, kept, board, planning


def test_a_priced_re_plan_gains_and_moves_few() -> None:
    before, changed, kept, board, _planning = priced(drawn("small", "tight"))
    figures = judged(changed, board, before)
    assert figures["replan"]["changes_to_unchanged_parties"] == board.strayed <= 4
    assert figures["cost"]["total"] == board.score < kept.penalty


def test_each_proposal_may_be_taken_alone_and_gains_what_it_says() -> None:
    _before, changed, kept, board, planning = priced(drawn("small", "tight", 2))
    found = proposals.proposals(kept, planning.best())
    held, moved = list(kept.held), set()
    assert len(found) > 1
    for one in found:
        wanted = {number: new for number, _old, new in one.changes}
        assert not moved & wanted.keys()
        moved |= wanted.keys()
        penalty = kept.penalty
        kept.go_back([wanted.get(number, old) for number, old in enumerate(held)])
        assert judged(changed, kept)["cost"]["total"] == kept.penalty == penalty - one.gain
        kept.go_back(held)
    assert moved == {number for number, old in enumerate(held) if old != board.held[number]}


def test_the_command_keeps_at_once_and_offers_the_rest(tmp_path: Path, capsys: Any) -> None:
    told = drawn("small")
    changed, before = twin(told), planned(told)
    for name, what in (("round", changed), ("old", before)):
        (tmp_path / name).write_text(json.dumps(what))
    paths = {name: tmp_path / name for name in ("new", "offered")}
    arguments = [str(tmp_path / "round"), "-o", str(paths["new"]), "--previous", str(tmp_path / "old")]
    assert command.main([*arguments, "--proposals", str(paths["offered"]), "--iterations", "600"]) == 0
    kept, offered = (json.loads(path.read_text()) for path in paths.values())
    assert check(changed, kept, before)[1]["replan"]["changes_to_unchanged_parties"] == 0
    errors, figures = check(changed, offered["plan"], before)
    assert errors == []
    assert offered["plan"]["meta"]["penalty"] == figures["cost"]["total"] <= kept["meta"]["penalty"]
    assert "could not be kept: r" in capsys.readouterr().err
    for one in offered["proposals"]:
        assert one["changes"][0].keys() == {"request", "from", "to"}
