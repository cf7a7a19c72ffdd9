"""`make heavy`: what an ordinary run tries by a few, tried often. One line for each; exit code 1 when one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """A setting, and the tests that read it."""

    setting: str
    value: str
    tests: tuple[str, ...]


RUNS = (
    Run("PORCHLIGHT_WALL_STEPS", "2000", ("tests/test_wall_canaries.py",)),
    Run("PORCHLIGHT_WIRE_TRIALS", "1000", ("porchlight/delivery/tests/test_restricted_meanwhile.py",)),
    Run("PORCHLIGHT_UNDO_TRIALS", "1000", ("porchlight/delivery/tests/test_messaging_law.py",)),
    Run("PORCHLIGHT_API_EXAMPLES", "100", ("porchlight/api/tests/test_keeps_its_word.py",)),
    Run("PORCHLIGHT_T29_STEPS", "6", ("porchlight/delivery/tests/test_changed_numbers_machine.py",)),
    Run("PORCHLIGHT_T25_PAIRS", "500", ("porchlight/welcome/tests/test_as_quick_for_strangers.py",)),
    Run("PORCHLIGHT_T32_FAMILIES", "500", ("tests/test_no_recipient_disclosed.py",)),
    Run("PORCHLIGHT_EVERY_CELL", "1", ("tests/test_house_doors.py", "tests/test_keys_of_others.py")),
    Run("PORCHLIGHT_LIST_ROWS", "200", ("tests/test_house_lists.py",)),
    Run("PORCHLIGHT_EVERY_CASE", "1", ("tests/journeys", "tests/test_benches.py", "tests/test_in_time.py")),
)


def passes(run: Run) -> bool:
    """Try it, and say how it went. What fails says so in pytest's own words."""
    began = time.monotonic()
    words = [sys.executable, "-m", "pytest", "-n", "0", "-q", "--no-header", *run.tests]
    done = subprocess.run(
        words, env=os.environ | {run.setting: run.value}, capture_output=True, text=True, check=False
    )
    took = time.monotonic() - began
    last = done.stdout.strip().rpartition("\n")[2]
    print(f"heavy {run.setting}={run.value}: {last}, {took:.0f} s in all", flush=True)
    if done.returncode:
        print(done.stdout[-8000:], done.stderr[-2000:], flush=True)
    return done.returncode == 0


def main(settings: Sequence[str]) -> int:
    """All of them, or those whose settings are named."""
    failed = [run for run in RUNS if (not settings or run.setting in settings) and not passes(run)]
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
