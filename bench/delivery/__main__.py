"""`python -m bench.delivery`: alternate bare client and Porchlight, print medians. Exit code 1 when a bar is missed."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import psycopg

from bench.delivery import gauge
from bench.delivery.house import WentWrongError, Yard, counts, gateway, slice_of, stage, yard
from bench.delivery.places import Place, Postgres, Sqlite

PAIRS = int(os.environ.get("PORCHLIGHT_BENCH_PAIRS", "5"))
DELIVERIES = int(os.environ.get("PORCHLIGHT_BENCH_DELIVERIES", "10000"))
MOST = 3.0  # times the bare client's CPU, on PostgreSQL: worker and database
BY_TWO = "postgresql by two workers"

type Figures = dict[str, float]


def bare(yard: Yard, homes: int) -> Figures:
    """The anchor's slice."""
    url = f"{yard.gateway}/v25.0/106540352242922/messages"
    words = [sys.executable, "-m", "bench.delivery.bare", url, "practice-token", str(yard.folder / "bodies")]
    with gateway(yard):
        said = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
        taken = counts(yard)
    found: Figures = json.loads(said)
    if taken != {"on the wire": homes, "twice": 0} or found["deliveries"] != homes:
        raise WentWrongError(f"The bare client posted {homes}, the gateway took {taken}.")
    return found


def run(pairs: int, homes: int, kinds: Sequence[str], *, two: bool = False) -> dict[str, list[Figures]]:
    """Every slice's figures, by who made them; with `two`, on PostgreSQL also by two workers.

    Raises WentWrongError, NoFiguresError.
    """
    gauge.must_work()
    with ExitStack() as stack:
        shared = yard(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        places: list[Place] = []
        if "postgresql" in kinds:
            places.append(stack.enter_context(Postgres.there()))
        if "sqlite" in kinds:
            places.append(Sqlite(shared.folder))
        accounts = {place.name: stage(shared, place, homes) for place in places}
        ways = [(place.name, place, 1) for place in places]
        ways += [(BY_TWO, place, 2) for place in places if two and place.name == "postgresql"]
        found: dict[str, list[Figures]] = {"bare": [], **{name: [] for name, *_ in ways}}
        for _ in range(pairs):
            found["bare"].append(bare(shared, homes))
            for name, place, workers in ways:
                with place.copy() as copy:
                    found[name].append(slice_of(shared, copy, accounts[place.name], homes, workers=workers))
    return found


def medians(slices: Mapping[str, Sequence[Figures]]) -> dict[str, Figures]:
    """Per 10,000 deliveries and per second."""
    return {
        who: {
            name: statistics.median(_per(one, name) for one in found)
            for name in ("per second", *(name for name in found[0] if name.startswith(("cpu", "memory"))))
        }
        for who, found in slices.items()
    }


def _per(one: Figures, name: str) -> float:
    if name == "per second":
        return one["deliveries"] / one["seconds"]
    return one[name] / one["deliveries"] * 10_000 if name.startswith("cpu") else one[name]


def said(middle: Mapping[str, Figures]) -> list[str]:
    """What the run prints."""
    lines = []
    for who, one in middle.items():
        lines.append(
            f"delivery {who:<10} {one['per second']:6.0f} a second  {one['cpu']:6.2f} CPU s per 10,000"
            f"  {one['memory']:4.0f} MB"
        )
        for kind, unit in (("cpu", "CPU s"), ("memory", "MB")):
            parts = [
                f"{name.removeprefix(f'{kind} of ')} {one[name]:.2f}" for name in one if f"{kind} of" in name
            ]
            if parts:
                lines.append(f"    {unit}: {', '.join(parts)}")
    for who, one in middle.items():
        if who != "bare":
            limit = f" (limit {MOST:g})" if who == "postgresql" else ""
            times, with_web = (one[name] / middle["bare"]["cpu"] for name in ("cpu", "cpu with web"))
            lines.append(
                f"delivery on {who}: worker and database {times:.2f} x bare aiohttp{limit},"
                f" with the web server that takes the statuses {with_web:.2f} x;"
                f" {one['per second'] / middle['bare']['per second']:.2f} x its rate"
            )
    if BY_TWO in middle:
        more = middle[BY_TWO]["cpu"] / middle["postgresql"]["cpu"]
        lines.append(f"delivery by two workers: {more:.2f} x the CPU of one's for as many (1.15 asked)")
    return lines


def missed(middle: Mapping[str, Figures]) -> bool:
    """Whether the bar is missed; without PostgreSQL there is none to miss, and none is met."""
    return "postgresql" not in middle or middle["postgresql"]["cpu"] > MOST * middle["bare"]["cpu"]


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.delivery", description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--deliveries", type=int, default=DELIVERIES, help="in each slice")
    parser.add_argument("--only", choices=("postgresql", "sqlite"), action="append")
    parser.add_argument("--two", action="store_true", help="on PostgreSQL also by two workers")
    given = parser.parse_args(words)
    try:
        found = run(given.pairs, given.deliveries, given.only or ("postgresql", "sqlite"), two=given.two)
    except (
        WentWrongError,
        gauge.NoFiguresError,
        psycopg.OperationalError,
        subprocess.CalledProcessError,
    ) as problem:
        print(f"delivery could not be measured: {problem}")
        return 1
    middle = medians(found)
    print("\n".join(said(middle)))
    return int(missed(middle))


if __name__ == "__main__":
    sys.exit(main())
