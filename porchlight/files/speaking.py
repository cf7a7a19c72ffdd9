"""A recording made into something every phone plays and every gateway carries, and nothing else in it."""

from __future__ import annotations

from typing import BinaryIO

from porchlight.files.cleaning import NotKept, cleaned
from porchlight.files.keeping import keep_clean
from porchlight.files.models import StoredFile
from porchlight.schools.models import School

LONGEST = 16 * 1024 * 1024  # bytes: the largest sound WhatsApp carries
CARRIED = ("audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac")


class NotASound(ValueError):
    """No recording we can send."""


class TooLong(ValueError):
    """More than any channel carries."""


def keep_spoken(*, school: School, source: str, content: BinaryIO, size: int) -> StoredFile:
    """Keep a recording that goes out to a home. Raises NotASound, TooLong, scanning.ScannerAway."""
    if size > LONGEST:
        raise TooLong
    try:
        with cleaned(content) as what:
            if what.type not in CARRIED:
                raise NotASound
            return keep_clean(school=school, source=source, name="voice", what=what)
    except NotKept:
        raise NotASound from None
