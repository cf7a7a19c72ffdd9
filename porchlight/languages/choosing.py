"""Which of the offered answers a reply picks: by its number, by its words, or several at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from porchlight.languages.understood import LONGEST, Kind, understand
from porchlight.toolbox.folding import digits, fold

# Between numbers: signs, or "and" in the languages we ship.
BETWEEN_NUMBERS = re.compile(
    r"\s*(?:[,،、;&+.|/]|\band\b|\baur\b|\by\b|\be\b|\bi\b|\bet\b|\biyo\b|اور|و|এবং|ও|\s)\s*"
)
BRACKETED = re.compile(r"[()\[\]#.:]|[\ufe0f\u20e3]")
MOST = 20  # choices in one reply


def pick(text: str, labels: Sequence[str], reads: str | Sequence[str] = ()) -> int | None:
    """The place (from 0) of the one answer this reply picks out of `labels`, shown numbered from 1; else None.

    `2`, `۲`, `two`, `Friday`, `2 Friday` and `2) Friday please` all pick the second when it is Friday; `1 Friday`
    picks nothing, because number and word disagree.
    """
    if len(text) > LONGEST + max(map(len, labels), default=0):
        return None
    folded = [fold(label) for label in labels]
    words = fold(text)
    if words and folded.count(words) == 1:
        return folded.index(words)
    seen = understand(text, reads)
    if seen and seen.kind is Kind.NUMBER and seen.number is not None:
        return seen.number - 1 if 1 <= seen.number <= len(labels) else None
    number, _, rest = words.partition(" ")
    if number.isdigit() and number.isascii() and 1 <= int(number) <= len(labels):
        place = int(number) - 1
        return place if rest and rest == folded[place] else None
    return None


def pick_several(text: str, labels: Sequence[str], reads: str | Sequence[str] = ()) -> tuple[int, ...] | None:
    """The places of all answers picked: `1, 3`, `1 and 3`, `۱ اور ۳`, `1 3`; in the order offered, each once.

    None when anything in the reply is not one of the numbers or answers: a person reads it.
    """
    one = pick(text, labels, reads)
    if one is not None:
        return (one,)
    if len(text) > LONGEST:
        return None
    plain = BRACKETED.sub(" ", digits(unicodedata.normalize("NFKC", text)).casefold()).strip(" ,،;")
    numbers = [part for part in BETWEEN_NUMBERS.split(plain) if part]
    if 0 < len(numbers) <= MOST and all(
        part.isascii() and part.isdigit() and len(part) <= 2 for part in numbers
    ):
        places = {int(part) - 1 for part in numbers}
    else:
        places = {_named(part, labels) for part in re.split(r"[,،;\n]", text) if part.strip()}
    if not places or not places <= set(range(len(labels))):
        return None
    return tuple(sorted(places))


def _named(part: str, labels: Sequence[str]) -> int:
    """The place of an answer written out, -1 where it is none of them."""
    folded = [fold(label) for label in labels]
    return folded.index(fold(part)) if folded.count(fold(part)) == 1 else -1
