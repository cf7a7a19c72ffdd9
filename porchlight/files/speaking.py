"""A recording made into something every phone plays and every gateway carries, and nothing else in it."""

from __future__ import annotations

from typing import BinaryIO

from porchlight.files.cleaning import NotKept, Reason, cleaned
from porchlight.files.keeping import keep_clean
from porchlight.files.models import StoredFile
from porchlight.schools.models import School

LONGEST = 16 * 1024 * 1024  # bytes: the largest sound WhatsApp carries
LASTS = 20 * 60  # seconds: nobody listens longer
PATIENCE = 10.0  # seconds: somebody waits for their page, and on SQLite whoever else writes
CARRIED = ("audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac")


class NotASound(ValueError):
    """No recording we can send."""


class TooLong(ValueError):
    """More than any channel carries."""


def keep_spoken(*, school: School, source: str, content: BinaryIO, size: int) -> StoredFile:
    """Keep a recording of 20 minutes at most. Raises NotASound, TooLong, scanning.ScannerAway."""
    if size > LONGEST:
        raise TooLong
    try:
        with cleaned(content, longest=LASTS, patience=PATIENCE) as what:
            if what.type not in CARRIED:
                raise NotASound
            return keep_clean(school=school, source=source, name="voice", what=what)
    except NotKept as refused:
        raise (TooLong if refused.reason is Reason.TOO_LARGE else NotASound) from None
