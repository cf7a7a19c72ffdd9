"""A kept recording as telephones carry it: 8,000 samples a second, 16 bits, one channel, as WAV."""

from __future__ import annotations

import tempfile
from pathlib import Path

from porchlight.files.apart import telephone
from porchlight.files.keeping import read_at
from porchlight.toolbox.apart import TookTooLong, run

LARGEST = 32 << 20  # bytes: half an hour
PATIENCE = 12.0  # seconds; whoever fetches it waits no longer


class NotASound(ValueError):
    """It cannot be played into a telephone."""


def for_telephone(path: str, mime_type: str) -> bytes:
    """The recording at this place in the store. Raises NotASound; OSError when the store has lost it."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(read_at(path))
        try:
            ended = run(
                Path(telephone.__file__), mime_type.partition(";")[0], given=given, answer=answer,
                largest=LARGEST, patience=PATIENCE,
            )  # fmt: skip
        except TookTooLong:
            raise NotASound from None
        answer.seek(0)
        content = answer.read()
    if ended or not content:
        raise NotASound
    return content
