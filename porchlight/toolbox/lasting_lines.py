"""Files of lines that only grow, kept where no database is: what is in them outlives it."""

from __future__ import annotations

import os
from pathlib import Path


def append(file: Path, line: str) -> None:
    """Add it, on disk before this returns; for this program's user alone. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as out:
        out.write(line)
        out.flush()
        os.fsync(out.fileno())
