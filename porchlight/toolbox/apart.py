"""What a stranger made is opened in a process of its own: made to do harm, it ends only that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from porchlight.toolbox import confined

MEMORY = 768 << 20  # bytes
SECONDS = 20  # of computing


class TookTooLong(Exception):
    """It had not ended when our patience did."""


def run(
    program: Path,
    *words: str,
    given: IO[bytes],
    answer: IO[bytes],
    largest: int,
    patience: float,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> int:
    """Run a small program (see `confined`) with `given` as its input; it writes `answer`, at most `largest` bytes.

    Both are files of the system. Returns how it ended; what it says aside goes nowhere. Raises TookTooLong.
    """
    limits = (str(memory), str(seconds), str(largest))
    given.flush()
    os.lseek(
        given.fileno(), 0, os.SEEK_SET
    )  # what Python read ahead stands between its place and the file's own
    try:
        return subprocess.run(  # noqa: S603 - our own program, given the file as its input
            [sys.executable, "-I", "-B", confined.__file__, str(program), *limits, *words],
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=patience,
            env={},
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        raise TookTooLong from None
