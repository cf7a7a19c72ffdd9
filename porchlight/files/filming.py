"""A film that goes home with a colleague's words: made small, in a process that can do nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from porchlight.files.apart import films
from porchlight.files.cleaning import Clean, NotKept, Reason, made_apart, take_in
from porchlight.files.looking import type_of

FILMS = tuple(films.READERS)
COMPUTING, PATIENCE = 60, 90.0  # seconds: a minute of a telephone's film takes some twenty


@dataclass(frozen=True, slots=True)
class FilmRule:
    """What a school lets a film have. No seconds: none are taken."""

    seconds: int = 30
    size: int = 3_000_000  # bytes, as it goes home


def is_film(content: BinaryIO) -> bool:
    """By its first bytes."""
    return type_of(content) in FILMS


@contextmanager
def small(content: BinaryIO, rule: FilmRule) -> Iterator[Clean]:
    """The film made anew, for as long as the block lasts. Raises NotKept, scanning.ScannerAway."""
    if not rule.seconds:
        raise NotKept(Reason.KIND)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        take_in(content, given)
        words = (type_of(given), str(rule.seconds), str(rule.size))
        made = made_apart(
            Path(films.__file__), *words, given=given, answer=answer, patience=PATIENCE, seconds=COMPUTING
        )
        if made.content.seek(0, 2) > rule.size:
            raise NotKept(Reason.TOO_LARGE)
        made.content.seek(0)
        yield made
