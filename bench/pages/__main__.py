"""`python -m bench.pages`: desk and thread at few and at many messages, in turn; medians. Exit code 1 on a miss."""

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
from typing import Any

import psycopg

from bench.delivery.house import Yard, yard
from bench.delivery.places import Postgres
from bench.pages.stage import CLASS
from tests.plugins import postgres as servers

ROUNDS = int(os.environ.get("PORCHLIGHT_BENCH_PAIRS", "5"))
MANY = int(os.environ.get("PORCHLIGHT_BENCH_MESSAGES", "1000000"))
FEW, A_HOME = 1000, 1000  # messages in all of the small school; of each home in the large one
TIMES = 40  # pages in a slice
GROWS, BEATS = 1.3, 3.0  # CPU of a page at most; and how many of ours for one of the naive view's, at least
PAGES = ("desk", "thread", "naive")
WORDS = """
INSERT INTO conversations_message (school_id, key, thread_id, author, staff_id, text, language, kind, tier, channel,
    full_text, media, together, said_at)
SELECT %(school)s, substr(md5(thread.id::text || '-' || n), 1, 12), thread.id,
    CASE WHEN n %% 2 = 0 OR (n = 1 AND thread.id %% 4 = 0) THEN 'guardian' ELSE 'staff' END,
    CASE WHEN n %% 2 = 0 OR (n = 1 AND thread.id %% 4 = 0) THEN NULL ELSE %(staff)s::bigint END,
    'She told us about the lighthouse at supper, and wants to go again. ' || n, 'en', '', 1, 'sms', '', '[]', '',
    now() - n * interval '3 hours'
FROM conversations_thread AS thread, generate_series(1, %(each)s) AS n
"""  # the newest first; every fourth home waits for an answer


class Visit:
    """One school in a database of its own, and a process that asks for its pages."""

    def __init__(self, stack: ExitStack, here: Yard, messages: int) -> None:
        place = stack.enter_context(Postgres.there())
        families = CLASS if messages <= FEW else max(CLASS, messages // A_HOME)
        env = here.environment(place.urls) | {"DJANGO_SETTINGS_MODULE": "bench.pages.settings"}
        _run(["-m", "porchlight", "migrate", "--verbosity", "0"], env)
        env.pop("DATABASE_OWNER_URL")
        self.told: dict[str, Any] = json.loads(_run(["-m", "bench.pages.stage", str(families)], env))
        name = place.urls["DATABASE_URL"].rpartition("/")[2]
        with psycopg.connect(servers.ADMIN.rpartition("/")[0] + f"/{name}", autocommit=True) as admin:
            admin.execute("SET session_replication_role = replica")  # keys were right when we made them
            each = -(-messages // families)
            admin.execute(WORDS, {"school": self.told["school"], "staff": self.told["staff"], "each": each})
            admin.execute("VACUUM ANALYZE")
        words = [sys.executable, "-m", "bench.pages.visit", json.dumps(self.told)]
        self._process = subprocess.Popen(
            words, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        stack.callback(self._process.wait, 60)
        assert self._process.stdin is not None
        stack.callback(self._process.stdin.close)

    def ask(self, page: str) -> dict[str, float]:
        """A slice. Raises RuntimeError when the page does not come."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{page} {TIMES}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{page} did not come.")
        found: dict[str, float] = json.loads(line)
        return found


def _run(words: list[str], env: Mapping[str, str]) -> str:
    done = subprocess.run([sys.executable, *words], env=env, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip().rpartition("\n")[2]


def run(rounds: int, many: int) -> dict[tuple[str, str], dict[str, float]]:
    """By school and page: CPU seconds and queries of one page."""
    found: dict[tuple[str, str], list[dict[str, float]]] = {}
    with ExitStack() as stack:
        here = yard(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        schools = {"few": Visit(stack, here, FEW), "many": Visit(stack, here, many)}
        for turn in range(rounds + 1):
            for page in PAGES:
                for name, visit in schools.items():
                    one = visit.ask(page)
                    if turn:  # the first warms both
                        found.setdefault((name, page), []).append(one)
    return {
        which: {part: statistics.median(one[part] for one in all_) for part in all_[0]}
        for which, all_ in found.items()
    }


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--messages", type=int, default=MANY)
    given = parser.parse_args(words)
    try:
        found = run(given.rounds, given.messages)
    except (RuntimeError, psycopg.OperationalError, subprocess.CalledProcessError) as problem:
        print(f"pages could not be measured: {problem}")
        return 1
    missed = False
    for page in PAGES:
        few, many = found["few", page], found["many", page]
        grows, beats = many["cpu"] / few["cpu"], found["many", "naive"]["cpu"] / many["cpu"]
        print(
            f"pages {page:<6} {few['cpu'] * 1000:5.1f} CPU ms at {FEW:,} messages, {many['cpu'] * 1000:5.1f} at"
            f" {given.messages:,} ({grows:.2f} x), the database's {many['database'] * 1000:.1f} among them;"
            f" {few['queries']:.0f} and {many['queries']:.0f} queries; {beats:.1f} for one of the naive view"
        )
        if page != "naive":
            missed |= grows > GROWS or beats < BEATS or few["queries"] != many["queries"]
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
