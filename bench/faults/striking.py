"""Who strikes while work goes on, each on a thread of its own: at workers, at the database; and who asks the pages."""

from __future__ import annotations

import http.client
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.delivery.gauge import children_of
from bench.faults.cluster import Cluster

RETRY_AFTER = "Retry-After"
TRACES = (b"Traceback", b"psycopg", b"django.db", b"OperationalError")


@contextmanager
def now_and_then(strike: Callable[[], object], least: float, most: float, times: int = 0) -> Iterator[None]:
    """Strike at random moments until the block ends, or so many times; a strike that failed fails the block."""
    over = threading.Event()
    failed: list[Exception] = []

    def go_on() -> None:
        done = 0
        while not over.wait(random.uniform(least, most)) and not (times and done >= times):
            try:
                strike()
            except Exception as problem:
                failed.append(problem)
                return
            done += 1

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(90)
        if failed:  # also when the block failed: it waited in vain for what no longer came
            raise failed[0]


@dataclass
class Evenly:
    """Strikes so many times, evenly over a work: whenever one more part of it is done, however long that takes."""

    strike: Callable[[], object]
    done: Callable[[], int]  # how much of the work
    of: int  # the whole work
    times: int
    struck: int = 0

    def look(self) -> None:
        """Strike, if it is time for it."""
        if self.struck < self.times and self.done() * (self.times + 1) >= (self.struck + 1) * self.of:
            self.strike()
            self.struck += 1


class Killer:
    """Kills a random child of the workers' parent."""

    def __init__(self, parent: int) -> None:
        self._parent = parent
        self.kills = 0

    def strike(self) -> None:
        children = sorted(children_of(self._parent))
        if children:
            try:
                os.kill(random.choice(children), signal.SIGKILL)
            except ProcessLookupError:
                return
            self.kills += 1


@dataclass
class Asking:
    """Asks one page again and again, and remembers how it was answered and how soon after each crash."""

    port: int
    path: str
    cluster: Cluster
    body: bytes | None = None
    answers: dict[int, int] = field(default_factory=dict)
    without_retry_after: int = 0
    traces: int = 0
    longest_away: float = 0.0  # seconds from the database's return to the first page
    _back: float | None = None

    def strike(self) -> None:
        """One request."""
        is_up, began = self.cluster.up.is_set(), time.monotonic()
        if not is_up:
            self._back = None
        elif self._back is None:
            self._back = began
        status, retry_after, body = self._ask()
        self.answers[status] = self.answers.get(status, 0) + 1
        self.without_retry_after += status == 503 and not retry_after
        self.traces += any(trace in body for trace in TRACES)
        if is_up and self.cluster.up.is_set() and status not in (503, 500, 0) and self._back:
            self.longest_away = max(self.longest_away, time.monotonic() - self._back)
            self._back = float("inf")

    def _ask(self) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request("POST" if self.body is not None else "GET", self.path, self.body)
            answer = connection.getresponse()
            return answer.status, answer.getheader(RETRY_AFTER, ""), answer.read()
        except OSError:
            return 0, "", b""
        finally:
            connection.close()
