"""The bench of rounds runs and counts right: a small slice. Its figures mean nothing here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.planner import first_come
from bench.planner.check import check
from bench.planner.generate import generate
from porchlight.meetings.planner import plan
from porchlight.meetings.planner.instance import Round

ROOT = Path(__file__).resolve().parents[1]


def test_a_slice_of_the_bench_says_what_each_way_held() -> None:
    asked = ["--sizes", "tiny", "small", "--profiles", "normal", "tight", "--seconds", "0.4", "--seed", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.planner", *asked], cwd=ROOT, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("first come, earliest") == done.stdout.count("ours  ") == 4
    assert "all met" in done.stdout


def test_usual_booking_breaks_no_rule_and_the_family_s_best_day_wastes_less_of_its_time() -> None:
    told = generate("small", 1, "separated")
    found = []
    for book in (first_come.earliest, first_come.best_run):
        board = book(Round(told))
        errors, figures = check(told, plan.told(board.round, board.meetings(), {}))
        assert errors == []
        assert figures["cost"]["total"] == board.penalty
        found.append(figures["gap_min_per_family"])
    assert found[1] < found[0]


def test_the_same_seed_always_draws_the_same_round() -> None:
    assert (
        generate("small", 5, "homevisit")
        == generate("small", 5, "homevisit")
        != generate("small", 6, "homevisit")
    )
