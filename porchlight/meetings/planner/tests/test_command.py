"""`porchlight plan-round`, as a program: files in, a file out, and a calm word where something is wrong."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bench.planner.check import check
from porchlight.meetings.planner.tests.drawn import drawn

PORCHLIGHT = [sys.executable, "-m", "porchlight", "plan-round"]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "round.json"
    path.write_text(json.dumps(drawn("small")))
    return path


def planned(path: Path, *more: str) -> subprocess.CompletedProcess:
    return subprocess.run([*PORCHLIGHT, str(path), *more], capture_output=True, text=True, timeout=100)


def test_it_plans_and_says_how_far_it_is(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    done = planned(small, "-o", str(out), "--iterations", "400")
    assert done.returncode == 0
    errors, figures = check(drawn("small"), json.loads(out.read_text()))
    said = dict(pair.split("=") for pair in done.stderr.splitlines()[-1].split())
    assert errors == []
    assert (figures["held"], figures["cost"]["total"]) == (int(said["held"]), int(said["penalty"]))
    assert list(tmp_path.glob(".*")) == []


def of_four_days() -> dict:
    """Two small rounds one after the other: enough days for two workers."""
    told = drawn("small")
    told["days"] += [{**day, "id": day["id"] + 2} for day in told["days"]]
    for one in told["teachers"] + told["parties"] + told["interpreters"]:
        one["windows"] += [{**window, "day": window["day"] + 2} for window in one["windows"]]
    told["requests"] = told["requests"] + [{**one, "id": f"again-{one['id']}"} for one in told["requests"]]
    return told


def test_the_same_seed_and_steps_give_the_same_file_and_two_workers_do_too(tmp_path: Path) -> None:
    path = tmp_path / "round.json"
    told = of_four_days()
    path.write_text(json.dumps(told))
    plans = []
    for number in range(2):
        out = tmp_path / f"{number}.json"
        done = planned(path, "-o", str(out), "--iterations", "1500", "--workers", "2", "--seed", "4")
        assert done.returncode == 0, done.stderr
        plans.append(out.read_text())
    errors, _ = check(told, json.loads(plans[0]))
    assert errors == []
    assert plans[0] == plans[1]


def test_stopped_at_any_moment_it_leaves_a_valid_plan(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    for lines in (1, 2):
        running = subprocess.Popen(
            [*PORCHLIGHT, str(small), "-o", str(out), "--budget", "90"], stderr=subprocess.PIPE, text=True
        )
        with running:
            for _ in range(lines):
                assert running.stderr is not None
                assert running.stderr.readline().startswith("seconds=")
            running.send_signal(signal.SIGTERM)
            assert running.wait(60) == 0
        assert check(drawn("small"), json.loads(out.read_text()))[0] == []
        out.unlink()


def test_killed_at_random_moments_the_last_plan_written_is_whole_and_no_worker_is_left(
    tmp_path: Path,
) -> None:
    path, out, told = tmp_path / "round.json", tmp_path / "plan.json", of_four_days()
    path.write_text(json.dumps(told))
    drawn_at = Random(7)
    for _ in range(4):
        words = [*PORCHLIGHT, str(path), "-o", str(out), "--budget", "90", "--workers", "2"]
        running = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
        with running:
            assert running.stderr is not None
            assert running.stderr.readline().startswith("seconds=")
            with pytest.raises(subprocess.TimeoutExpired):
                running.wait(drawn_at.random() * 2)
            running.kill()
            running.stderr.read()  # ends when the last process that could write there has ended
        assert check(told, json.loads(out.read_text()))[0] == []


def test_it_starts_without_django() -> None:
    asked = (
        "import sys; from porchlight.config import cli; sys.argv = ['porchlight', 'plan-round', 'nowhere.json', '-o', 'x']\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"
    assert "nowhere.json" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no JSON"),
        ("[]", "holds no JSON object"),
        ('{"format": "other/1"}', "'other/1'"),
        ('{"format": "porchlight-ptm/1", "name": "x"}', "days"),
    ],
)
def test_a_file_that_is_no_round_is_named_with_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "round.json"
    path.write_text(text)
    from porchlight.meetings.planner import command, plan
    from porchlight.meetings.planner.instance import Round, Unreadable

    with pytest.raises(Unreadable, match=said):
        Round(plan.read(path, "the round"))
    assert command.UNREADABLE == 2


def test_without_an_instance_or_a_place_for_the_plan_it_says_so_and_ends_with_2_or_3(small: Path) -> None:
    missing = planned(small)
    nowhere = planned(small, "-o", "/nowhere/at/all/plan.json", "--iterations", "0")
    assert (missing.returncode, nowhere.returncode) == (2, 3)
    assert "-o PLAN.json" in missing.stderr
    assert "choose another place" in nowhere.stderr
