"""What the fault benches stand on. The storms themselves are `make bench-faults`."""

from __future__ import annotations

import re

import pytest

from bench import heavy
from bench.faults.__main__ import CHAPTERS, ROUNDS
from bench.faults.node import NoBrokerError, program
from bench.faults.striking import Evenly
from tests.house import ROOT, is_test, python_files

READ = re.compile(r'os\.environ(?:\.\w+\(|\[)"(PORCHLIGHT_\w+)"|"(PORCHLIGHT_\w+)" in os\.environ')


def test_the_database_falls_evenly_by_what_left_and_ten_times() -> None:
    fell: list[int] = []
    left = 0
    falls = Evenly(lambda: fell.append(left), lambda: left, 1100, 10)
    for more in range(0, 1150, 50):
        left = more
        falls.look()
    assert fell == [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]


def test_what_leaves_all_at_once_is_struck_as_often() -> None:
    fell: list[int] = []
    falls = Evenly(lambda: fell.append(1), lambda: 1000, 1000, 10)
    for _ in range(15):
        falls.look()
    assert (len(fell), falls.struck) == (10, 10)


def test_every_chapter_is_in_one_round() -> None:
    assert sorted(name for together in ROUNDS for name in together) == sorted(CHAPTERS)


def test_without_rabbitmq_the_broker_chapter_says_what_to_install() -> None:
    with pytest.raises(NoBrokerError, match=r"^rabbitmq-nowhere is not here: install RabbitMQ's server"):
        program("rabbitmq-nowhere")


def test_every_heavy_run_is_one_that_the_guide_names_and_its_tests_read_the_setting() -> None:
    named = set(
        re.findall(r"^\| `(PORCHLIGHT_\w+=\d+)` \|", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    )
    assert named == {f"{run.setting}={run.value}" for run in heavy.RUNS}
    files = {run.setting: [ROOT / path for path in run.tests] for run in heavy.RUNS}
    in_turn = files.pop("PORCHLIGHT_EVERY_CASE")
    deaf = [path for name, some in files.items() for path in some if name not in path.read_text()]
    assert deaf == []
    tests = [path for room in ("tests", "porchlight") for path in (ROOT / room).rglob("test_*.py")]
    marked = {
        path for path in tests if re.search(r"^@pytest\.mark\.in_turn$", path.read_text(), re.MULTILINE)
    }
    assert {path for path in marked if not {path, path.parent} & set(in_turn)} == set()


def test_every_setting_that_makes_tests_try_more_is_a_heavy_run() -> None:
    """Others say what of this machine tests may use, and whether they may leave something out."""
    of_the_machine = {"PORCHLIGHT_SHARED", "PORCHLIGHT_TEST_POSTGRES", "PORCHLIGHT_TEST_BROKER"}
    read = {
        "".join(found) for path in python_files() if is_test(path) for found in READ.findall(path.read_text())
    }
    assert read - of_the_machine - {"PORCHLIGHT_NO_SKIPS"} == {run.setting for run in heavy.RUNS}
