"""`python -m bench.ingest`: webhooks a second, in turn with a view that keeps nothing. Exit code 1 on a miss."""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import psycopg

from bench.delivery.house import URL, WentWrongError, Yard, running, stage, until, until_it_answers, yard
from bench.delivery.places import Postgres

PAIRS = int(os.environ.get("PORCHLIGHT_BENCH_PAIRS", "5"))
WEBHOOKS = int(os.environ.get("PORCHLIGHT_BENCH_WEBHOOKS", "3000"))
LEAST = 0.5  # of the plain view's rate
WARMING = 200
KEPT = "SELECT count(*) FROM delivery_inboundevent"

type Found = dict[str, float]


def load(url: str, first: int, count: int) -> Found:
    """Post so many. Raises WentWrongError when one was not taken."""
    words = [sys.executable, "-m", "bench.ingest.load", url, str(first), str(count)]
    found: Found = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)
    if found["taken"] != count:
        raise WentWrongError(f"{found['taken']:.0f} of {count} webhooks were taken by {url}.")
    return found


def run(pairs: int, count: int) -> dict[str, list[Found]]:
    """Slices in turn; afterwards everything that was acknowledged is in the inbox. Raises WentWrongError."""
    found: dict[str, list[Found]] = {"plain": [], "inbox": []}
    with ExitStack() as stack:
        here = yard(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        place = stack.enter_context(Postgres.there())
        account = stage(here, place, 50)
        copy = stack.enter_context(place.copy())
        plain_port = yard(here.folder).web_port
        urls = {
            "inbox": _serving(stack, here, "inbox", here.web_port, copy.url, {}) + account["path"],
            "plain": _serving(
                stack, here, "plain", plain_port, copy.url, {"DJANGO_SETTINGS_MODULE": "bench.ingest.plain"}
            )
            + "/plain/",
        }
        for url in urls.values():
            load(url, 0, WARMING)
        for turn in range(pairs):
            for name in found:
                found[name].append(load(urls[name], WARMING + turn * count, count))
        kept = copy.ask(KEPT)
        if kept != WARMING + pairs * count:
            raise WentWrongError(f"{WARMING + pairs * count} were acknowledged, {kept} are in the inbox.")
    return found


def _serving(stack: ExitStack, here: Yard, name: str, port: int, database: str, more: dict[str, str]) -> str:
    env = here.environment({"DATABASE_URL": database}) | more
    stack.enter_context(running(here, name, ["-m", "porchlight", "serve", "--port", str(port)], env))
    url = URL.format(port)
    if name == "inbox":
        until_it_answers(f"{url}/health/pages/")
    else:
        _until_it_listens(port)
    return url


def _until_it_listens(port: int) -> None:
    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(listens, 60, f"Nobody listens on {port}.")


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--webhooks", type=int, default=WEBHOOKS, help="in each slice")
    given = parser.parse_args(words)
    try:
        found = run(given.pairs, given.webhooks)
    except (WentWrongError, psycopg.OperationalError, subprocess.CalledProcessError) as problem:
        print(f"ingest could not be measured: {problem}")
        return 1
    rate = {
        name: statistics.median(given.webhooks / one["seconds"] for one in all_)
        for name, all_ in found.items()
    }
    p99 = {name: statistics.median(one["p99"] for one in all_) for name, all_ in found.items()}
    for name in found:
        print(f"ingest {name:<6} {rate[name]:6.0f} a second, 99 of 100 within {p99[name] * 1000:.0f} ms")
    share = rate["inbox"] / rate["plain"]
    print(
        f"webhooks kept: {share:.2f} x the rate of a view that keeps nothing (at least {LEAST:g}); none is lost"
    )
    return int(share < LEAST)


if __name__ == "__main__":
    sys.exit(main())
