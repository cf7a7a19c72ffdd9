"""Makes of what a stranger sent what we may keep: looked over for viruses, opened apart, written anew.

A picture is drawn anew, sound and film are packed anew, so that nothing is in them but what is seen and heard: no
place where it was taken, no name of a telephone. A document is what it is; which kinds we take stands here.
"""

from __future__ import annotations

import enum
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from porchlight.files.apart import DAMAGED, OTHER_KIND, TOO_LONG, documents, pictures, recordings
from porchlight.files.looking import seconds_of, type_of
from porchlight.files.scanning import is_harmful
from porchlight.toolbox.apart import SECONDS, TookTooLong, run

LARGEST = 100 << 20  # bytes: the largest document WhatsApp carries
LONGEST_SIDE = 2560  # pixels: handwriting on a photographed page can still be read
PATIENCE = 25.0  # seconds by the clock
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")


class Reason(enum.StrEnum):
    """Why a file is not kept. Each is a code that pages have a sentence for."""

    KIND = "file_kind"
    DAMAGED = "file_damaged"
    TOO_LARGE = "file_too_large"
    TOO_LONG = "film_too_long"
    INFECTED = "file_infected"


class NotKept(ValueError):
    """This file is none we keep."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Clean:
    """What may be kept. `type` is what it now is; seconds of sound and film, pixels of pictures."""

    content: IO[bytes]
    type: str
    seconds: float | None = None
    width: int | None = None
    height: int | None = None


def take_in(content: BinaryIO, given: IO[bytes]) -> None:
    """A copy to work on, looked over for viruses. Raises NotKept, scanning.ScannerAway."""
    content.seek(0)
    shutil.copyfileobj(content, given)
    if given.tell() > LARGEST:
        raise NotKept(Reason.TOO_LARGE)
    if is_harmful(given):
        raise NotKept(Reason.INFECTED)


@contextmanager
def cleaned(
    content: BinaryIO,
    *,
    side: int = LONGEST_SIDE,
    longest: int = recordings.LONGEST,
    patience: float = PATIENCE,
) -> Iterator[Clean]:
    """`content` made clean while the block lasts: a picture's `side` in pixels, the `longest` sound in seconds.

    Raises NotKept, scanning.ScannerAway.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        take_in(content, given)
        kind = type_of(given)
        if kind == "application/pdf":
            given.seek(0)
            yield Clean(given, kind)
            return
        program, words = _program(kind, side, longest)
        yield made_apart(program, *words, given=given, answer=answer, patience=patience)


def made_apart(
    program: Path,
    *words: str,
    given: IO[bytes],
    answer: IO[bytes],
    patience: float = PATIENCE,
    seconds: int = SECONDS,
) -> Clean:
    """What one of the programs in `apart/` makes of `given`, in so many seconds of computing. Raises NotKept."""
    try:
        ended = run(
            program,
            *words,
            given=given,
            answer=answer,
            largest=2 * LARGEST,
            patience=patience,
            seconds=seconds,
        )
    except TookTooLong:
        raise NotKept(Reason.TOO_LARGE) from None
    if ended:
        reasons = {DAMAGED: Reason.DAMAGED, OTHER_KIND: Reason.KIND, TOO_LONG: Reason.TOO_LONG}
        raise NotKept(reasons.get(ended, Reason.TOO_LARGE))
    about = _told(answer)
    lasts = about.get("seconds")
    return Clean(
        content=answer,
        type=str(about["type"]),
        seconds=(seconds_of(answer) or lasts) if lasts else None,
        width=about.get("width"),
        height=about.get("height"),
    )


def _program(kind: str, side: int, longest: int) -> tuple[Path, tuple[str, ...]]:
    """Who opens this, and with which words. Raises NotKept."""
    if kind in PICTURES:
        return Path(pictures.__file__), (str(side),)
    if kind in recordings.PACKED:
        return Path(recordings.__file__), (kind, str(longest))
    if kind == "application/zip":
        return Path(documents.__file__), ()
    raise NotKept(Reason.KIND)


def _told(answer: IO[bytes]) -> dict[str, Any]:
    """What stands behind the bytes of an answer, which is cut off there. Raises NotKept."""
    try:
        end = answer.seek(-4, 2)
        length = int.from_bytes(answer.read(4), "big")
        answer.seek(end - length)
        about: dict[str, Any] = json.loads(answer.read(length))
        answer.truncate(end - length)
    except (OSError, ValueError):
        raise NotKept(Reason.DAMAGED) from None
    answer.seek(0)
    return about
