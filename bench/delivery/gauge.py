"""What processes used, as the kernel counts it: CPU seconds and memory, from /proc. Linux only."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
EVERY = 0.1  # seconds between two looks: what a process used after the last look before it ended is lost

type Groups = Mapping[str, set[int]]


class NoFiguresError(RuntimeError):
    """This machine does not say what processes use."""


def must_work() -> None:
    """Raises NoFiguresError where there is no /proc as Linux has it."""
    if cpu_of(os.getpid()) is None:
        raise NoFiguresError("CPU of other processes is read from /proc, which only Linux has.")


def cpu_of(pid: int) -> float | None:
    """CPU seconds of a process and its threads so far, user and system; None when it is gone."""
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else None


def children_of(pid: int) -> set[int]:
    """Its children, and theirs."""
    parents = {
        int(path.name): int(fields[1])
        for path in PROC.iterdir()
        if path.name.isdigit() and (fields := _fields(int(path.name)))
    }
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= more
    return found


def peak_of(pid: int) -> float:
    """The most memory a process ever held, in MB."""
    return _memory(pid, "VmHWM")


def private_of(pid: int) -> float:
    """What it holds now and shares with nobody, in MB: of a database's process, without the shared buffers."""
    return _memory(pid, "RssAnon")


def _fields(pid: int) -> list[str]:
    """/proc/<pid>/stat from the state on; the name before it may hold anything."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _memory(pid: int, name: str) -> float:
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


class Gauge:
    """Counts, by group, the CPU seconds that processes use between `begin()` and `end()`.

    Processes come and go: one that appears meanwhile counts from its own beginning.
    """

    def __init__(self, look: Callable[[], Groups]) -> None:
        self._look = look
        self._first: dict[tuple[str, int], float] = {}
        self._last: dict[tuple[str, int], float] = {}
        self._private: dict[str, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="gauge", daemon=True)

    def begin(self) -> None:
        """From here on."""
        self._read()
        self._first = dict(self._last)
        self._thread.start()

    def end(self) -> dict[str, float]:
        """CPU seconds by group."""
        self._over.set()
        self._thread.join()
        self._read()
        used = dict.fromkeys(self._private, 0.0)
        for (group, pid), last in self._last.items():
            used[group] += last - self._first.get((group, pid), 0.0)
        return used

    def private(self, group: str) -> float:
        """The most that a group's processes together held alone, in MB."""
        return self._private.get(group, 0.0)

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            self._read()

    def _read(self) -> None:
        for group, pids in self._look().items():
            for pid in pids:
                cpu = cpu_of(pid)
                if cpu is not None:
                    self._last[group, pid] = cpu
            together = sum(map(private_of, pids))
            self._private[group] = max(self._private.get(group, 0.0), together)
