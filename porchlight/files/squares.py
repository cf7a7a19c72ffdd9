"""Reads the square on a photographed slip. The photo is opened apart, and nothing of it is kept."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from porchlight.files.apart import squares
from porchlight.files.scanning import is_harmful
from porchlight.toolbox.apart import TookTooLong, run

LARGEST = 30 << 20  # bytes: no telephone's photo is larger
LONGEST_ANSWER = 32 << 10
PATIENCE = 25.0  # seconds by the clock


def squares_on(photo: BinaryIO) -> list[str]:
    """What each square on it says; none where there is none, or it is no photo. Raises scanning.ScannerAway."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        photo.seek(0)
        shutil.copyfileobj(photo, given)
        if given.tell() > LARGEST or is_harmful(given):
            return []
        try:
            ended = run(
                Path(squares.__file__), given=given, answer=answer, largest=LONGEST_ANSWER, patience=PATIENCE
            )
        except TookTooLong:
            return []
        answer.seek(0)
        return [] if ended else answer.read().decode("utf-8", "replace").splitlines()
