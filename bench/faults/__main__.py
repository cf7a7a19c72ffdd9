"""`make bench-faults`: every chapter in turn, one table of figures. Exit code 1 when a bar is missed."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psycopg

from bench.delivery.house import WentWrongError
from bench.faults import acks, broker, clocks, fairness, full_disk, kills, weather
from bench.faults.cluster import NoServerError
from bench.faults.ground import Finding, Given, pattern

DELIVERIES = 10_000
WRITTEN = Path(__file__).resolve().parents[2] / "var" / "bench-faults.md"

# One after the other, and side by side what counts and mostly waits. What measures seconds has the machine to itself.
ROUNDS = (("kills", "clocks", "broker"), ("fairness", "full disk"), ("acks",), ("weather",))
MET = {True: "met", False: "**missed**", None: "not measured"}

type Chapter = Callable[[Given], list[Finding]]
CHAPTERS: dict[str, Chapter] = {
    "kills": kills.run,
    "full disk": full_disk.run,
    "clocks": clocks.run,
    "broker": broker.run,
    "acks": acks.run,
    "weather": weather.run,
    "fairness": fairness.run,
}


def ran(name: str, deliveries: int, like: Path) -> list[Finding]:
    """One chapter's lines; one that could not be finished is a line as well, and a bar missed."""
    with tempfile.TemporaryDirectory(prefix="porchlight-faults-") as folder:
        try:
            return CHAPTERS[name](Given(Path(folder), deliveries, like))
        except (WentWrongError, NoServerError, psycopg.Error, OSError) as problem:
            return [
                Finding(
                    "", f"The chapter “{name}” broke off", " ".join(str(problem).split())[:1500], "", False
                )
            ]


def told(name: str, deliveries: int, like: Path) -> list[Finding]:
    """The same, printed when it is over."""
    began = time.monotonic()
    found = ran(name, deliveries, like)
    print(f"== {name}, {time.monotonic() - began:.0f} s ==\n{table(found)}\n", flush=True)
    return found


def all_of(chosen: Sequence[str], deliveries: int) -> list[Finding]:
    """The chosen chapters, round by round. Raises NoServerError without PostgreSQL's programs."""
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="porchlight-faults-") as folder, pattern(Path(folder)) as like:
        tell = partial(told, deliveries=deliveries, like=like)
        for together in ROUNDS:
            with ThreadPoolExecutor(len(together)) as threads:
                for found in threads.map(tell, [name for name in together if name in chosen]):
                    findings += found
    return findings


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
    try:
        findings = all_of(chosen, given.deliveries)
    except (WentWrongError, NoServerError) as problem:
        print(f"The faults could not be begun: {problem}")
        return 1
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(table(findings) + "\n")
    print(
        f"{time.monotonic() - began:.0f} seconds in all; the table stands in {WRITTEN.relative_to(WRITTEN.parents[1])}."
    )
    return int(any(one.is_met is False for one in findings))


if __name__ == "__main__":
    sys.exit(main())
