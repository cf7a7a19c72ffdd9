"""A text as sentences: what the memory holds and an engine is paid for, each once."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

ENDS = re.compile(r"(?:[.!?…]+[\"'”’)»\]]*\s+|[۔؟।॥]+[\"'”’)»\]]*\s*|[。！？]+[”’」』）]*\s*|\s*\n\s*)")
# A full stop behind these ends no sentence.
SHORT = re.compile(
    r"(?:^|[\s(“\"'])(?:mr|mrs|ms|miss|dr|prof|st|rd|no|nr|nos|e\.g|i\.e|approx|tel|p|pp|a\.m|p\.m|sr|sra|srta|dra|núm|[a-z])\.\s+$",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """One sentence, and what stands between it and the next: spaces, a new line."""

    sentence: str
    gap: str


def pieces(text: str) -> list[Piece]:
    """The sentences in order; put together again they are the text, sign for sign."""
    found: list[Piece] = []
    start = 0
    for end in ENDS.finditer(text):
        if "\n" not in end[0] and SHORT.search(text[start : end.end()]):
            continue
        whole = text[start : end.end()]
        found.append(_piece(whole))
        start = end.end()
    if text[start:]:
        found.append(_piece(text[start:]))
    return found


def _piece(whole: str) -> Piece:
    sentence = whole.rstrip()
    return Piece(sentence, whole[len(sentence) :])


def together(parts: list[Piece]) -> str:
    """The text again."""
    return "".join(f"{part.sentence}{part.gap}" for part in parts)


def normalised(sentence: str) -> str:
    """One form for what says the same: NFC, plain spaces, straight quotes and apostrophes."""
    text = unicodedata.normalize("NFC", sentence).translate(_PLAIN)
    return " ".join(text.split())


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})
