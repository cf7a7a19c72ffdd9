"""Whoever opens a workbook waits for a turn: each may take much memory, and the server has only so much."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from porchlight.rosters import uploads

AT_ONCE = 2  # whichever process opens them, of all that share the folder of files
PATIENCE = 10.0  # seconds that somebody waits for a turn; a school's sheet takes one


class NoTurn(Exception):
    """Others are being read all the while. In a moment it is free again."""


@contextmanager
def turn() -> Iterator[None]:
    """Held while the workbook is read; it ends with the process that held it. Raises NoTurn."""
    places = [uploads.place(f"turns/{number}") for number in range(AT_ONCE)]
    places[0].parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    until = time.monotonic() + PATIENCE
    with ExitStack() as opened:
        files = [opened.enter_context(place.open("wb")) for place in places]
        while not any(map(_is_ours, files)):
            if time.monotonic() >= until:
                raise NoTurn
            time.sleep(0.05)
        yield


def _is_ours(file: IO[bytes]) -> bool:
    """Whether we hold it from now on."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
