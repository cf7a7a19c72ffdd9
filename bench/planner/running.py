"""`porchlight plan-round` as a program, with how long its first plan took and how much memory all of it held."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple


class Ran(NamedTuple):
    """`first`, `seconds`: wall time until the first plan was written, and in all; `first_busy`, `busy`: processor time
    of the same, `first_busy` of the first process alone. `megabytes`: None where not told."""

    plan: dict[str, Any]
    first: float
    seconds: float
    first_busy: float
    busy: float
    megabytes: float | None


def plan_round(folder: Path, told: dict[str, Any], *more: str) -> Ran:
    """Runs it on a round. Raises CalledProcessError."""
    round_, out = folder / "round.json", folder / "plan.json"
    round_.write_text(json.dumps(told))
    command = [sys.executable, "-m", "porchlight", "plan-round", str(round_), "-o", str(out), *more]
    begun, busy = time.monotonic(), _busy_children()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        memory = _Memory(running.pid)
        memory.start()
        said = [(time.monotonic(), _busy(running.pid), line) for line in running.stderr or ()]
        running.wait()
        memory.over.set()
        memory.join()
    if running.returncode:
        raise subprocess.CalledProcessError(
            running.returncode, command, stderr="".join(line for *_, line in said)
        )
    seconds, busy = time.monotonic() - begun, _busy_children() - busy
    return Ran(
        json.loads(out.read_bytes()), said[0][0] - begun, seconds, said[0][1], busy, memory.megabytes()
    )


def _busy(process: int) -> float:
    """Processor seconds it has used; 0 where the system does not tell."""
    fields = _read(f"/proc/{process}/stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _busy_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Memory(threading.Thread):
    """The most that a program and its children held, as Linux counts it: resident pages, shared ones in each."""

    def __init__(self, process: int) -> None:
        super().__init__()
        self.process = process
        self.over = threading.Event()
        self._most: dict[str, int] = {}

    def run(self) -> None:
        while not self.over.wait(0.3):
            for process in [str(self.process), *self._children()]:
                status = _read(f"/proc/{process}/status")
                for line in status.splitlines():
                    if line.startswith("VmHWM:"):
                        self._most[process] = int(line.split()[1])

    def _children(self) -> list[str]:
        return _read(f"/proc/{self.process}/task/{self.process}/children").split()

    def megabytes(self) -> float | None:
        """None where no such files are."""
        return sum(self._most.values()) / 1024 if self._most else None


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""
