"""A warmed parent that forks its workers before any connection is open, and keeps them going until told to stop."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from django.db import connections

STOPPING_TAKES = 45.0  # seconds: what is on its way may need 35 of them
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before a worker that fell over is started again
HEALTHY = 60.0  # seconds after which a worker that falls over is started again at once
LOOK = 0.2

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """One child process: what it does, and how it has been doing."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    falls: int = 0  # in a row
    not_before: float = field(default=0.0)


class Supervisor:
    """Runs jobs as children. `run()` returns when all of them are gone."""

    def __init__(
        self, jobs: Sequence[Job], say: Callable[[str], object], *, longest_pause: float = LONGEST_PAUSE
    ) -> None:
        self._jobs = list(jobs)
        self._say = say
        self._longest_pause = longest_pause
        self._stopping_since = 0.0

    def run(self) -> None:
        """Until SIGTERM or SIGINT; a second signal ends everything at once."""
        before = {number: signal.signal(number, self._told) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while any(job.pid for job in self._jobs) or not self._stopping_since:
                if not self._stopping_since:
                    self._start_missing()
                self._reap()
                self._hurry()
                time.sleep(LOOK)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _told(self, number: int, frame: FrameType | None) -> None:
        if self._stopping_since:
            self._send(signal.SIGKILL)
            return
        self._stopping_since = time.monotonic()
        self._send(signal.SIGTERM)

    def _send(self, number: signal.Signals) -> None:
        for job in self._jobs:
            if job.pid:
                try:
                    os.kill(job.pid, number)
                except ProcessLookupError:
                    continue

    def _hurry(self) -> None:
        if self._stopping_since and time.monotonic() - self._stopping_since > STOPPING_TAKES:
            self._send(signal.SIGKILL)

    def _start_missing(self) -> None:
        now = time.monotonic()
        for job in self._jobs:
            if not job.pid and now >= job.not_before:
                job.started = now
                job.pid = fork(job)

    def _reap(self) -> None:
        for job in self._jobs:
            if not job.pid:
                continue
            pid, status = os.waitpid(job.pid, os.WNOHANG)
            if pid:
                self._ended(job, os.waitstatus_to_exitcode(status))

    def _ended(self, job: Job, code: int) -> None:
        job.pid = 0
        if self._stopping_since:
            return
        now = time.monotonic()
        job.falls = 1 if now - job.started > HEALTHY else job.falls + 1
        pause = 0.0 if job.falls == 1 else min(self._longest_pause, FIRST_PAUSE * 2 ** (job.falls - 2))
        job.not_before = now + pause
        self._say(f"{job.name} ended ({code}); it starts again in {pause:g} seconds.")


def fork(job: Job) -> int:
    """Start a child; returns its pid. The parent must hold no database connection: both would use it."""
    open_ones = [alias for alias in connections if connections[alias].connection is not None]
    if open_ones:
        raise RuntimeError(f"A database connection is open before the fork: {', '.join(open_ones)}")
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        threading.Thread(target=_follow, args=(os.getppid(),), daemon=True, name="follow").start()
        job.run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        log.exception("%s fell over.", job.name)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _follow(parent: int) -> None:
    """A child whose parent was killed has nobody to tell it to stop, so it tells itself."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
