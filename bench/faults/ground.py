"""What each chapter stands on: a cluster, a staged outbox, the town, a web server and workers, all of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from bench.delivery.house import URL, WentWrongError, Yard, running, until, until_it_answers, yard
from bench.faults.cluster import Cluster
from bench.faults.town import town

# What chapters ask, in the cluster's own words.
LIFT = "UPDATE delivery_killswitch SET lifted_at = set_at WHERE lifted_at IS NULL"
UNSETTLED = "SELECT count(*) FROM delivery_delivery WHERE status = 0 AND stopped = ''"
DEAD = "SELECT count(*) FROM delivery_delivery WHERE stopped = 'dead'"
BEATS = "SELECT count(*) FROM operations_heartbeat"


@dataclass(frozen=True)
class Given:
    """What a chapter is given."""

    folder: Path  # its own
    deliveries: int  # of the chapter “kills”
    pattern: Path  # a cluster's data, migrated and empty: made once, copied by each


class Finding(NamedTuple):
    """One line of the table."""

    test: str  # as docs/trust.md numbers promises: T39
    what: str
    found: str
    bar: str
    is_met: bool | None  # None: not measured here


@dataclass
class Ground:
    """Ports, folder and cluster of one chapter."""

    yard: Yard
    cluster: Cluster
    smtp: int
    schools: Sequence[Mapping[str, Any]] = ()
    ids: dict[str, dict[str, Any]] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)  # further settings of Porchlight's programs

    @property
    def web(self) -> str:
        return URL.format(self.yard.web_port)

    @property
    def environment(self) -> dict[str, str]:
        return {**self.yard.environment({"DATABASE_URL": self.cluster.url}), **self.more}

    def migrate(self) -> None:
        env = self.yard.environment(self.cluster.urls)
        self._do(["-m", "porchlight", "migrate", "--verbosity", "0"], env)

    def stage(self, *schools: Mapping[str, Any]) -> None:
        """Fill the outbox; a switch holds it until LIFT."""
        self.schools = [*self.schools, *schools]
        asked = {"gateway": self.yard.gateway, "smtp": self.smtp, "schools": schools}
        said = self._do(["-m", "bench.faults.stage", json.dumps(asked)], self.environment)
        self.ids |= json.loads(said.splitlines()[-1])
        self.cluster.staged()

    @contextmanager
    def town(self) -> Iterator[None]:
        with town(self.yard, self.smtp, self.schools, {slug: one["path"] for slug, one in self.ids.items()}):
            yield

    @contextmanager
    def serving(self) -> Iterator[int]:
        """The web server; its process id."""
        words = ["-m", "porchlight", "serve", "--port", str(self.yard.web_port)]
        with running(self.yard, "web", words, self.environment) as pid:
            until_it_answers(f"{self.web}/health/pages/")
            yield pid

    @contextmanager
    def working(self, processes: int, off: int = 0) -> Iterator[int]:
        """Workers that are forked anew at once, their clock so many seconds off; the process id of their parent."""
        beats = self.cluster.ask(BEATS)
        words = ["-m", "bench.faults.crew", str(processes), *([str(off)] if off else [])]
        with running(self.yard, "workers", words, self.environment) as pid:
            until(lambda: self.cluster.ask(BEATS) > beats, 60, "The workers did not start.")
            yield pid

    def settled(self, within: float, where: str = "") -> None:
        """Wait until nothing waits to leave. Raises WentWrongError."""

        def empty() -> bool:
            try:
                return self.cluster.ask(UNSETTLED + where) == 0
            except psycopg.OperationalError:
                return False

        until(empty, within, "Not everything left in time.")

    def _do(self, words: list[str], env: Mapping[str, str]) -> str:
        done = subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise WentWrongError(f"{' '.join(words[:3])} failed: {done.stderr[-2000:]}")
        return done.stdout


@contextmanager
def ground(given: Given, *, cluster: Cluster | None = None) -> Iterator[Ground]:
    """Migrated and empty."""
    home = given.folder / "yard"
    home.mkdir()
    with ExitStack() as stack:
        mine = cluster or stack.enter_context(Cluster.there(like=given.pattern))
        with socket.create_server(("127.0.0.1", 0)) as free:
            smtp = free.getsockname()[1]
        yield Ground(yard(home), mine, smtp)


@contextmanager
def pattern(folder: Path) -> Iterator[Path]:
    """The data that every chapter's cluster begins with, small enough for a small disk. Raises NoServerError."""
    with Cluster.there(None, "-c max_wal_size=48MB -c min_wal_size=32MB -c wal_recycle=off") as cluster:
        Ground(yard(folder), cluster, 0).migrate()
        cluster.stop()
        yield cluster.data


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` of them do not exceed; infinite without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("inf")


def timed(work: Callable[[], object]) -> float:
    """Seconds it took."""
    began = time.monotonic()
    work()
    return time.monotonic() - began
