"""`python -m bench.tasks`: bare client, our outbox, a task for each recipient, in turn; medians. Exit 1 on a miss."""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import psycopg

from bench.delivery import gauge
from bench.delivery.__main__ import Figures, bare, medians
from bench.delivery.gauge import Gauge, children_of
from bench.delivery.house import (
    URL,
    WentWrongError,
    Yard,
    counts,
    gateway,
    running,
    slice_of,
    stage,
    until,
    until_it_answers,
    yard,
)
from bench.delivery.places import DELIVERED, LIFT, Postgres, PostgresCopy

PAIRS = int(os.environ.get("PORCHLIGHT_BENCH_PAIRS", "3"))
DELIVERIES = int(os.environ.get("PORCHLIGHT_BENCH_TASKS", "1000"))
OURS = 10_000  # in each slice of ours: fewer would be over before the clock ticks
LEAST = {"default": 25.0, "tuned": 15.0}  # times our CPU
BROKERS = "beam.smp"
WITHIN = 600.0  # seconds


def brokers() -> set[int]:
    """RabbitMQ's process ids on this machine."""
    return {
        int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and _name(path) == BROKERS
    }


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text().strip()
    except OSError:
        return ""


def tasks(yard: Yard, copy: PostgresCopy, account: Mapping[str, str], homes: int, *, tuned: bool) -> Figures:
    """One slice of that team's way. Raises WentWrongError."""
    school, queue = account["school"], f"bench-{secrets.token_hex(4)}"
    env = yard.environment({"DATABASE_URL": copy.url}) | {
        "BENCH_TUNED": str(int(tuned)),
        "BENCH_QUEUE": queue,
    }
    hook = URL.format(yard.web_port)
    celery = ["-m", "celery", "--quiet", "-A", "bench.tasks.typical", "worker", "--loglevel=WARNING"]
    if tuned:
        celery += ["--without-gossip", "--without-mingle", "--without-heartbeat", "-O", "fair"]
    copy.change(LIFT)
    with ExitStack() as stack:
        stack.enter_context(gateway(yard, hook + account["path"]))
        web = subprocess.Popen([sys.executable, "-m", "bench.tasks.web", str(yard.web_port), school], env=env)
        stack.callback(web.kill)
        until_it_answers(hook)
        works = stack.enter_context(running(yard, "celery", celery, env))
        purge = [sys.executable, "-m", "celery", "-A", "bench.tasks.typical", "purge", "-f"]
        stack.callback(subprocess.run, purge, env=env, capture_output=True)
        until(lambda: len(children_of(works)) >= (os.cpu_count() or 1), 60, "Celery did not start.")
        figures = measured(copy, works, env, school, homes)
        if counts(yard) != {"on the wire": homes, "twice": 0}:
            raise WentWrongError(f"The gateway took {counts(yard)}.")
    return figures


def measured(copy: PostgresCopy, works: int, env: Mapping[str, str], school: str, homes: int) -> Figures:
    """Ask for every task, and wait until all that they should bring about is written down."""
    watch = Gauge(lambda: {"worker": {works, *children_of(works)}, "broker": brokers(), **copy.processes()})
    watch.begin()
    began = time.perf_counter()
    start = [sys.executable, "-c", f"from bench.tasks.typical import start; start({school})"]
    subprocess.run(start, env=env, check=True)
    until(lambda: copy.ask(DELIVERED) == homes, WITHIN, "Not all were delivered.")
    seconds = time.perf_counter() - began
    used = watch.end()
    cpu = {f"cpu of {group}": spent for group, spent in used.items()}
    return {"deliveries": homes, "seconds": seconds, "cpu": sum(used.values()), **cpu, "memory": 0}


def run(pairs: int, homes: int) -> dict[str, list[Figures]]:
    """Every slice's figures, by who made them. Raises WentWrongError, NoFiguresError."""
    gauge.must_work()
    found: dict[str, list[Figures]] = {"bare": [], "ours": [], "default": [], "tuned": []}
    with ExitStack() as stack:
        many = yard(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        few = yard(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        ours, theirs = stack.enter_context(Postgres.there()), stack.enter_context(Postgres.there())
        accounts = {"ours": stage(many, ours, OURS), "theirs": stage(few, theirs, homes)}
        for _ in range(pairs):
            found["bare"].append(bare(many, OURS))
            with ours.copy() as copy:
                found["ours"].append(slice_of(many, copy, accounts["ours"], OURS))
            for name in LEAST:
                with theirs.copy() as copy:
                    found[name].append(tasks(few, copy, accounts["theirs"], homes, tuned=name == "tuned"))
    return found


def said(middle: Mapping[str, Figures]) -> list[str]:
    """What the run prints."""
    lines = []
    for who, one in middle.items():
        parts = ", ".join(
            f"{k.removeprefix('cpu of ')} {v:.2f}" for k, v in one.items() if k.startswith("cpu of")
        )
        lines.append(
            f"tasks {who:<8} {one['per second']:6.0f} a second  {one['cpu']:7.2f} CPU s per 10,000  {parts}"
        )
    for name, least in LEAST.items():
        times = middle[name]["cpu"] / middle["ours"]["cpu"]
        lines.append(f"a task for each recipient, {name}: {times:.1f} x our outbox (at least {least:g})")
    return lines


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.tasks", description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--deliveries", type=int, default=DELIVERIES, help="in each slice of theirs")
    given = parser.parse_args(words)
    try:
        middle = medians(run(given.pairs, given.deliveries))
    except (
        WentWrongError,
        gauge.NoFiguresError,
        psycopg.OperationalError,
        subprocess.CalledProcessError,
    ) as problem:
        print(f"tasks could not be measured: {problem}")
        return 1
    print("\n".join(said(middle)))
    return int(any(middle[name]["cpu"] < least * middle["ours"]["cpu"] for name, least in LEAST.items()))


if __name__ == "__main__":
    sys.exit(main())
