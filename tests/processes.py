"""Which programs run, as the kernel counts them: from /proc, or by `ps` where there is none, as on macOS.

A small Debian has no `ps`, and macOS no /proc.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def _running() -> Iterator[tuple[int, int, str]]:
    """Number, parent's number and state of each."""
    if not (PROC / "self/stat").exists():
        listed = ["ps", "-A", "-o", "pid=,ppid=,stat="]
        for line in subprocess.run(listed, capture_output=True, text=True, check=True).stdout.splitlines():
            number, parent, state = line.split()
            yield int(number), int(parent), state[0]
        return
    for stat in PROC.glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended since
            state, parent, *_more = stat.read_text().rpartition(")")[2].split()
            yield int(stat.parent.name), int(parent), state


def children_of(pid: int) -> list[int]:
    """What it has started that has not been seen to its end."""
    return [number for number, parent, _state in _running() if parent == pid]


def lives(pid: int) -> bool:
    """Whether it still does something; one that waits to be seen to its end does not."""
    return any(number == pid and state != "Z" for number, _parent, state in _running())
