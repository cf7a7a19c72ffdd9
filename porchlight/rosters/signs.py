"""How far a job has come, in a small file beside the upload, which is as old as the worker's last sign of life.

A row would do neither: written inside the import's transaction it is seen only afterwards, and on SQLite nobody else
may write meanwhile.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path

from porchlight.rosters import uploads

FILE = "step"  # uploads have an ending, so none is called that
EVERY = 2.0  # seconds between two signs of life
ALIVE = 3 * EVERY  # a sign not older: whoever left it is at work still


@dataclass(frozen=True, slots=True)
class Sign:
    """What was left last."""

    step: str  # as `progress.STEPS`; "": not begun
    age: float  # seconds, by the clock of the folder's machine; infinite where there is no sign


def sign(stored_as: str, step: str = "") -> None:
    """The job of this upload is at this step, now. Where the upload is gone, the job will notice."""
    written = _file(stored_as).with_suffix(f".{os.getpid()}")
    with suppress(FileNotFoundError):
        written.write_text(step)
        written.replace(_file(stored_as))  # whole at any moment: somebody may be reading


def last_sign(stored_as: str) -> Sign:
    """The newest."""
    if not stored_as:
        return Sign("", inf)
    try:
        with _file(stored_as).open() as file:
            age = time.time() - os.fstat(file.fileno()).st_mtime
            return Sign(file.read(), max(age, 0.0))
    except FileNotFoundError:
        return Sign("", inf)


@contextmanager
def living(stored_as: str) -> Iterator[Callable[[str], None]]:
    """While a job is at work: what to call with each step. In between it shows by itself that somebody lives."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(EVERY):
            with suppress(FileNotFoundError):
                os.utime(_file(stored_as))

    thread = threading.Thread(target=beat, name="roster", daemon=True)
    thread.start()
    try:
        yield partial(sign, stored_as)
    finally:
        over.set()
        thread.join()


def _file(stored_as: str) -> Path:
    return uploads.place(stored_as).with_name(FILE)
