"""`make bench-faults`: every chapter in turn, one table of figures. Exit code 1 when a bar is missed."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

import psycopg

from bench.delivery.house import WentWrongError
from bench.faults import acks, broker, clocks, fairness, full_disk, kills, weather
from bench.faults.cluster import NoServerError
from bench.faults.ground import Finding

DELIVERIES = 10_000
WRITTEN = Path(__file__).resolve().parents[2] / "var" / "bench-faults.md"

WAITING = ("fairness", "full disk", "clocks", "broker")  # mostly for time to go by: side by side
MET = {True: "met", False: "**missed**", None: "not measured"}

type Chapter = Callable[[Path, int], list[Finding]]
CHAPTERS: dict[str, Chapter] = {
    "kills": kills.run,
    "full disk": full_disk.run,
    "clocks": clocks.run,
    "broker": broker.run,
    "acks": acks.run,
    "weather": weather.run,
    "fairness": fairness.run,
}


def ran(name: str, deliveries: int) -> list[Finding]:
    """One chapter's lines; one that could not be finished is a line as well, and a bar missed."""
    with tempfile.TemporaryDirectory(prefix="porchlight-faults-") as folder:
        try:
            return CHAPTERS[name](Path(folder), deliveries)
        except (WentWrongError, NoServerError, psycopg.Error, OSError) as problem:
            return [
                Finding(
                    "", f"The chapter “{name}” broke off", " ".join(str(problem).split())[:1500], "", False
                )
            ]


def told(name: str, deliveries: int) -> list[Finding]:
    """The same, printed when it is over."""
    began = time.monotonic()
    found = ran(name, deliveries)
    print(f"== {name}, {time.monotonic() - began:.0f} s ==\n{table(found)}\n", flush=True)
    return found


def table(findings: Sequence[Finding]) -> str:
    """As it is printed, written and shown in docs/benchmarks.md."""
    lines = ["| test | what | found | bar | |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {one.test} | {one.what} | {one.found} | {one.bar} | {MET[one.is_met]} |" for one in findings
    ]
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--deliveries", type=int, default=DELIVERIES, help="of the chapter “kills”")
    parser.add_argument(
        "--only", choices=sorted(CHAPTERS), action="append", help="one chapter; may be given again"
    )
    given = parser.parse_args(words)
    chosen = given.only or list(CHAPTERS)
    began = time.monotonic()
    findings = [line for name in chosen if name not in WAITING for line in told(name, given.deliveries)]
    with ThreadPoolExecutor(len(WAITING)) as together:
        for found in together.map(told, [name for name in chosen if name in WAITING], repeat(0)):
            findings += found
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(table(findings) + "\n")
    print(
        f"{time.monotonic() - began:.0f} seconds in all; the table stands in {WRITTEN.relative_to(WRITTEN.parents[1])}."
    )
    return int(any(one.is_met is False for one in findings))


if __name__ == "__main__":
    sys.exit(main())
