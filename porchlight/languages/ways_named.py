"""What a home can answer with, as a phrase of ours names it: a reworded phrase has to go on naming it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from porchlight.languages import signing
from porchlight.languages.phrases import PLACES
from porchlight.languages.understood import understand
from porchlight.languages.word_lists import Kind, word_lists
from porchlight.toolbox import scripts
from porchlight.toolbox.folding import digits, fold

# Ways to go on, not answers to a question: a phrase names them inside a sentence.
WAYS = frozenset({
    Kind.STOP, Kind.START, Kind.CALL, Kind.NOT_ME, Kind.FEWER, Kind.ALL_MESSAGES, Kind.ABOUT_CLASS, Kind.TONIGHT,
    Kind.VISIT, Kind.TALK,
})  # fmt: skip
CAPITALS = re.compile(r"\b[A-Z]{3,}(?: [A-Z]{3,})*\b")
NUMBER = re.compile(r"\d+")


@cache
def _words(kind: Kind, tag: str) -> frozenset[str]:
    """All that is understood so from readers of `tag`, folded."""
    return frozenset(
        message
        for message, meanings in word_lists().meanings.items()
        if any(one.kind is kind and one.language == tag for one in meanings)
    )


def names_one(text: str, kind: Kind, tag: str) -> bool:
    """Whether these words tell a reader of `tag` one that we understand so from them."""
    here, known = fold(text), _words(kind, tag)
    if scripts.script(tag) == "Hans":  # no spaces between words
        return any(message in here for message in known)
    words, longest = here.split(), max((len(one.split()) for one in known), default=0)
    return any(
        " ".join(words[start : start + length]) in known
        for start in range(len(words))
        for length in range(1, longest + 1)
    )


def keeps_ways(before: str, after: str, tag: str) -> bool:
    """Whether a home can do all that with the new words what the old ones told it: ways, digits, the words alone."""
    if _numbers(before) != _numbers(after):
        return False
    if any(_names(before, way, tag) and not _names(after, way, tag) for way in WAYS):
        return False
    if any(_has(before, words) and not _has(after, words) for words in (signing.SIGNS, signing.TAKES_BACK)):
        return False
    alone, now_alone = understand(before, tag), understand(after, tag)
    return alone is None or (now_alone is not None and now_alone.kind is alone.kind)


def _names(text: str, way: Kind, tag: str) -> bool:
    """English words count too where they stand in capitals, as STOP does in every language."""
    return names_one(text, way, tag) or names_one(" ".join(CAPITALS.findall(text)), way, "en")


def _numbers(text: str) -> Counter[str]:
    return Counter(NUMBER.findall(digits(PLACES.sub("", text))))


def _has(text: str, words: Iterable[str]) -> bool:
    return any(fold(word) in fold(text) for word in words)
