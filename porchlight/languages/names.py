"""Whether words name a child: in either script, and in the spellings people's thumbs give a name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from porchlight.toolbox.folding import fold

# What stays of a name when vowels and breathing go: one letter for each sound, whatever script wrote it.
_SOUNDS = {
    **dict.fromkeys("bب", "b"),
    **dict.fromkeys("pپ", "p"),
    **dict.fromkeys("tتطٹ", "t"),
    **dict.fromkeys("sثسصش", "s"),
    **dict.fromkeys("jج", "j"),
    **dict.fromkeys("cچ", "c"),
    **dict.fromkeys("dدڈ", "d"),
    **dict.fromkeys("zذزضظ", "z"),
    **dict.fromkeys("rرڑ", "r"),
    **dict.fromkeys("gغگ", "g"),
    **dict.fromkeys("fف", "f"),
    **dict.fromkeys("kqقکخ", "k"),
    **dict.fromkeys("lل", "l"),
    **dict.fromkeys("mم", "m"),
    **dict.fromkeys("nن", "n"),
}
ENOUGH = 2  # sounds; of shorter names every spelling is somebody else's name too
_BEGINS = {
    **dict.fromkeys("aeiouاعآ", "a"),
    **dict.fromkeys("hہح", "h"),
    "y": "y",
    "ی": "y",
    **dict.fromkeys("wvو", "w"),
}
_OPEN = set("aeiouhyاہحیےوع")  # a name that ends in one of these ends in a vowel


@lru_cache(maxsize=4096)
def sounds(name: str) -> str:
    """`Hamza`, `Humza` and `حمزہ` all sound `mz`."""
    found = [_SOUNDS[letter] for letter in fold(name) if letter in _SOUNDS]
    return "".join(letter for place, letter in enumerate(found) if not place or found[place - 1] != letter)


@lru_cache(maxsize=4096)
def is_name(word: str, name: str) -> bool:
    """Whether one folded word is a name, perhaps with an English “'s” that folding has joined to it."""
    plain = fold(name)
    if word in {plain, f"{plain}s"}:
        return True
    said = sounds(name)
    if not plain or not said or sounds(word) != said or _end(word) != _end(plain):
        return False
    if word.isascii() != plain.isascii():
        return len(word) > ENOUGH and _start(word) == _start(plain)
    if len(word) < 4 or word[0] != plain[0]:
        return False
    return len(said) >= ENOUGH or (len(word) >= 5 and abs(len(word) - len(plain)) <= 1)


def _start(word: str) -> str:
    return _BEGINS.get(word[0]) or _SOUNDS.get(word[0], "")


def _end(word: str) -> bool:
    return word[-1] in _OPEN


def names_in(text: str, names: Iterable[str]) -> set[str]:
    """Which of these names are said, exactly or nearly; an exact one anywhere makes a near one of another nothing."""
    names = list(names)
    words = fold(text).split()
    exact = {name for name in names if fold(name) in words or f"{fold(name)}s" in words}
    return exact or {name for name in names if any(is_name(word, name) for word in words)}
