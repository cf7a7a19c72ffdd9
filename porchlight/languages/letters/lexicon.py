"""The words whose Latin spelling is known: those of a file, and the forms that grammar makes of its stems.

A file has shelves: `[phrases]`, several words that are spelled otherwise together; `[either]`, words with two readings,
of which the commoner is written; `[words]`; and stems: `[nouns]`, `[adjectives]`, `[verbs]`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FILES = {"ur": "urdu.txt", "ps": "pashto.txt"}
MARKS = re.compile("[\u064b-\u0652\u0656\u0658\u0670\u0640\u200c-\u200f]")  # vowel signs, stretching, joiners
# One code for each letter that keyboards write in several.
LETTERS = {
    "ur": str.maketrans(
        {**dict.fromkeys("يى", "ی"), "ك": "ک", **dict.fromkeys("هةۃۂۀ", "ہ"), **dict.fromkeys("أإ", "ا")}
    ),
    "ps": str.maketrans({"ك": "ک", "ہ": "ه", "گ": "ګ", "ے": "ې", "ٹ": "ټ", "ڈ": "ډ", "ڑ": "ړ", "ة": "ه"}),
}  # fmt: skip

NOUN_ENDS = (("وں", "on"), ("یں", "ein"))
NOUN_OF_I = (("اں", "yan"), ("وں", "yon"))
ADJECTIVE_ENDS = (("ی", "i"), ("ے", "e"))
PLAIN_VERB = (
    ("نا", "na"), ("نے", "ne"), ("نی", "ni"), ("نیں", "nin"), ("تا", "ta"), ("تے", "te"), ("تی", "ti"), ("تیں", "tin"),
    ("ا", "a"), ("ے", "e"), ("ی", "i"), ("یں", "ein"), ("وں", "oon"), ("و", "o"), ("یے", "iye"), ("ئیے", "iye"),
    ("ئے", "iye"), ("کر", " kar"), ("وائیں", "wayein"), ("واتے", "wate"), ("وانا", "wana"), ("وانے", "wane"),
)  # fmt: skip
OPEN_VERB = (
    ("نا", "na"), ("نے", "ne"), ("نی", "ni"), ("تا", "ta"), ("تے", "te"), ("تی", "ti"), ("تیں", "tin"), ("یا", "ya"),
    ("ئی", "yi"), ("ئے", "ye"), ("ئیں", "yein"), ("ؤں", "oon"), ("ؤ", "o"), ("ئیے", "iye"), ("یے", "iye"),
    ("کر", " kar"),
)  # fmt: skip


@dataclass(slots=True)
class Lexicon:
    """`words` and `phrases` by their plain letters; `either` may be read two ways and is learnt from nobody."""

    words: dict[str, str] = field(default_factory=dict)
    phrases: dict[tuple[str, ...], str] = field(default_factory=dict)
    either: frozenset[str] = frozenset()
    whole: set[str] = field(default_factory=set)  # words that stand in the file as they are

    @property
    def longest(self) -> int:
        """Words in the longest phrase."""
        return max(map(len, self.phrases), default=1)


def plain(word: str, language: str) -> str:
    """The word as the lexicon has it: one code for each letter, no vowel signs."""
    return MARKS.sub("", unicodedata.normalize("NFC", word)).translate(LETTERS[language])


@cache
def lexicon(language: str) -> Lexicon:
    """Of `ur` or `ps`."""
    made, shelves = Lexicon(), _shelves((FOLDER / FILES[language]).read_text("utf-8"))
    made.either = frozenset(plain(word, language) for word in shelves.get("either", {}))
    for shelf in ("nouns", "adjectives", "verbs"):
        for word, latin in shelves.get(shelf, {}).items():
            for form, spelled in _forms(shelf, word, latin):
                made.words.setdefault(plain(form, language), spelled)
    for shelf in ("words", "either", "phrases"):
        for word, latin in shelves.get(shelf, {}).items():
            parts = tuple(plain(part, language) for part in word.split())
            if len(parts) > 1:
                made.phrases[parts] = latin
            else:
                is_marked = parts[0] in made.either and parts[0] != word
                made.words[word if is_marked else parts[0]] = latin
                made.whole.add(parts[0])
    return made


def _shelves(text: str) -> Mapping[str, dict[str, str]]:
    shelves: dict[str, dict[str, str]] = {}
    shelf = ""
    for line in text.splitlines():
        if line.startswith("["):
            shelf = line.strip("[] ")
            shelves[shelf] = {}
        elif not line.startswith("#"):
            for pair in line.split():
                word, _equals, latin = pair.partition("=")
                shelves[shelf].setdefault(
                    word.strip("_").replace("_", " "), latin.strip("_").replace("_", " ")
                )
    return shelves


def _forms(shelf: str, word: str, latin: str) -> Iterator[tuple[str, str]]:
    """The stem itself and what grammar makes of it."""
    yield word, latin
    stem, spelled = word[:-1], latin.removesuffix("a")
    if shelf == "adjectives":
        yield from ((stem + end, spelled + said) for end, said in ADJECTIVE_ENDS)
    elif shelf == "verbs":
        ends = OPEN_VERB if word[-1] in "اوی" else PLAIN_VERB
        yield from ((word + end, latin + said) for end, said in ends)
    elif word[-1] == "ی":
        yield from ((word + end, latin + said) for end, said in NOUN_OF_I)
    elif word[-1] in "اہ" and latin.endswith("a"):
        yield from ((stem + end, spelled + said) for end, said in (("ے", "e"), ("وں", "on")))
    else:
        yield from ((word + end, latin + said) for end, said in NOUN_ENDS)
