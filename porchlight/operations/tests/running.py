"""Servers for tests: the very one that `porchlight serve` starts, in a thread or as a program of its own."""

from __future__ import annotations

import asyncio
import http.client
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from porchlight.operations.serving.handler import PageHandler
from porchlight.operations.serving.proxies import BehindProxies
from porchlight.operations.serving.server import running
from tests.house import ROOT

PATIENCE = 60.0  # seconds for a program to say that it is up


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """One request on a connection of its own; `_` in a header's name stands for `-`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(
            method, path, body, {key.replace("_", "-"): value for key, value in headers.items()}
        )
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


@dataclass
class Answering:
    """A server in a thread of this process."""

    port: int
    pages: PageHandler
    stop: Callable[[], object]


@contextmanager
def in_a_thread(
    *, threads: int = 4, largest_body: int = 1 << 20, proxies: tuple[str, ...] = (), scheme: str = "http"
) -> Iterator[Answering]:
    """The house's pages under granian, with this process's settings and database."""
    pages = PageHandler(threads=threads, largest_body=largest_body)
    application = BehindProxies(pages, proxies=proxies, scheme=scheme)
    port = free_port()
    up: queue.SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = queue.SimpleQueue()

    async def run() -> None:
        stop = asyncio.Event()
        async with running(application, "127.0.0.1", port):
            up.put((asyncio.get_running_loop(), stop))
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    loop, stop = up.get(timeout=PATIENCE)
    try:
        yield Answering(port, pages, lambda: loop.call_soon_threadsafe(stop.set))
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE)
        pages.close()
        assert not thread.is_alive()


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """An environment without this one's settings: everything Porchlight keeps stays in the folder."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("PORCHLIGHT_", "DATABASE_"))
    }
    return {**kept, "PORCHLIGHT_VAR": str(folder), "PYTHONUNBUFFERED": "1", **more}


def porchlight(*words: str, env: Mapping[str, str], within: float = 120) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, as at the keyboard."""
    return subprocess.run(
        [sys.executable, "-m", "porchlight", *words],
        env=dict(env),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=within,
    )


class Program:
    """A `porchlight` command that goes on: its words are read as they come."""

    def __init__(self, *words: str, env: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "porchlight", *words],
            env=dict(env),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as words:
            for line in words:
                self._lines.put(line)
        self._lines.put(None)

    def until(self, words: str, *, patience: float = PATIENCE) -> str:
        """Read on until a line holds these words; that line. Fails when the program ends before."""
        while (line := self._lines.get(timeout=patience)) is not None:
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError(f"It ended without saying {words!r}: {''.join(self.said)}")

    def end(self, number: int) -> int:
        """Send a signal and wait; the exit code."""
        self.process.send_signal(number)
        return self.close()

    def close(self) -> int:
        """Wait for the end and read the rest."""
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        while (line := self._lines.get(timeout=PATIENCE)) is not None:
            self.said.append(line)
        return code
