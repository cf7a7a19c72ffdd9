"""A recording made into something every phone plays and every gateway carries, with opus-tools where it is needed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from porchlight.files.keeping import keep
from porchlight.files.looking import type_of
from porchlight.files.models import StoredFile
from porchlight.schools.models import School

LONGEST = 16 * 1024 * 1024  # bytes: the largest sound WhatsApp carries
SECONDS = 30  # a recording of some minutes is made anew in two or three
CARRIED = {
    "audio/ogg": "audio/ogg",
    "audio/mpeg": "audio/mpeg",
    "audio/mp4": "audio/mp4",
    "audio/aac": "audio/aac",
    "audio/amr": "audio/amr",
    "video/mp4": "audio/mp4",  # what telephones' own recorders write
}


class NotASound(ValueError):
    """No recording we can send."""


class TooLong(ValueError):
    """More than any channel carries."""


def keep_spoken(*, school: School, source: str, content: BinaryIO, size: int) -> StoredFile:
    """Keep a recording that goes out to a home. Raises NotASound, TooLong."""
    if size > LONGEST:
        raise TooLong
    found = type_of(content)
    if found == "audio/wav":
        content, found = BytesIO(_opus(content)), "audio/ogg"
    if found not in CARRIED or (found == "audio/ogg" and b"OpusHead" not in content.read(512)):
        raise NotASound
    return keep(school=school, source=source, content=content, name="voice", claimed_type=CARRIED[found])


def _opus(content: BinaryIO) -> bytes:
    """WAV to Opus, in a program of its own that knows nothing but these bytes. Raises NotASound."""
    program = shutil.which("opusenc")
    if program is None:
        raise NotASound
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.wav"), Path(folder, "after.opus")
        content.seek(0)
        before.write_bytes(content.read())
        try:
            subprocess.run(  # noqa: S603 - a fixed program, and files that we name
                [program, "--quiet", "--bitrate", "24", str(before), str(after)],
                check=True,
                capture_output=True,
                timeout=SECONDS,
                env={},
            )
        except (subprocess.SubprocessError, OSError):
            raise NotASound from None
        return after.read_bytes()
