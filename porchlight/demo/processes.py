"""Starts web, workers and town together, and stops them together."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

STOPS_WITHIN = 10.0  # seconds a process has to finish before it is ended


class PortTakenError(RuntimeError):
    """A port the demo needs is in use; the message says which and what to do."""


class StoppedEarlyError(RuntimeError):
    """One of the processes ended by itself; its own words stand above."""


def must_be_free(port: int, what: str, setting: str) -> None:
    """Raises PortTakenError when something listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise PortTakenError(
                f"Port {port} on this machine is taken, and {what} needs it. Stop what uses it (perhaps a demo "
                f"in another window), or choose another: {setting}={port + 1} make demo"
            ) from None


@dataclass(slots=True)
class Together:
    """Some programs that live and die together."""

    commands: Sequence[Sequence[str]]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    asked_to_stop: bool = False

    def run(self, when_up: Callable[[], None], ports: Sequence[int]) -> None:
        """Until Ctrl-C. Raises StoppedEarlyError when one of them ends before that."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        try:
            for command in self.commands:
                self.running.append(subprocess.Popen(command, start_new_session=True))  # noqa: S603 - our own words
            self._wait_for(ports)
            if not self.asked_to_stop:
                when_up()
            while not self.asked_to_stop:
                self._check()
                time.sleep(0.2)
        finally:
            self.end()

    def _wait_for(self, ports: Sequence[int], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        for port in ports:
            while not self.asked_to_stop:
                self._check()
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                if time.monotonic() > deadline:
                    raise StoppedEarlyError(f"Nothing answers on port {port} after {seconds:.0f} seconds.")
                time.sleep(0.1)

    def _check(self) -> None:
        for command, process in zip(self.commands, self.running, strict=False):
            if process.poll() is not None:
                raise StoppedEarlyError(f"`{' '.join(command[1:4])}` stopped by itself; see its words above.")

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def end(self) -> None:
        """Ask each to finish, wait, and end whoever does not."""
        for process in self.running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOPS_WITHIN
        for process in self.running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def python(*words: str) -> list[str]:
    """A program of this same installation."""
    return [sys.executable, "-m", *words]
