"""The words of `absence_words/<language>.toml`: what of a message says that a child stays away, from when, and why.

Shelves, each a list of patterns as in `word_lists.py`:
`ill` (alone enough), `weak` (a complaint: we ask), `away` (the verb says that one child), `away_any` (whoever it is),
`keep` (a parent keeps the child), `away_past`; reasons `appointment`, `family`, `holy_day`; whom it is about: `other`
people, `first` person, a `child`, several `children`; what turns it around: `not`, `past`, `still` (turns `past` back),
`well`, `if`, `asks`, and `nothing`, which only looks like it; days: `today`, `tomorrow`, `yesterday`, `kal` (either of
them), `day_after`, `until`, `since`, `from`, `to`, `back`, `days`, `week`, `far` (a time no day is known of),
`weekdays`, `numbers`; `breaks` between clauses, `filler`; `alarm` for a child who may be in danger, with the `things`
that get lost instead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from porchlight.languages.names import is_name
from porchlight.languages.word_lists import written_out
from porchlight.toolbox.folding import fold

FOLDER = Path(__file__).parent / "absence_words"
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
A_CHILDS_NAME = "childsname"  # stands in the lists where any of the family's children may be named


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a message, and the shelves they stand on; none: words we do not know."""

    words: tuple[str, ...]
    tags: frozenset[str] = frozenset()
    value: int | None = None  # of a number or a day of the week

    def on(self, *shelves: str) -> bool:
        return not self.tags.isdisjoint(shelves)


@dataclass(slots=True)
class Lists:
    """One language's phrases, folded."""

    language: str
    shelves: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    values: dict[tuple[tuple[str, ...], str], int] = field(default_factory=dict)
    alarms: set[tuple[str, ...]] = field(default_factory=set)
    longest: dict[str, int] = field(default_factory=dict)  # first word → words of its longest phrase

    @property
    def marks_follow(self) -> bool:
        """Urdu puts "until" and "since" behind the day, the others before it."""
        return self.language.startswith("ur")

    def cut(self, words: Sequence[str], names: Sequence[str]) -> list[Piece]:
        """The words in pieces, always the longest phrase there is."""
        pieces, place = [], 0
        while place < len(words):
            piece = self._piece_at(words, place, names)
            pieces.append(piece)
            place += len(piece.words)
        return pieces

    def alarms_at(self, words: Sequence[str], names: Sequence[str]) -> bool:
        """Whether any phrase of `alarm` stands among these words."""
        plain = tuple(A_CHILDS_NAME if self._names(one, names) else one for one in words)
        return any(
            plain[first : first + length] in self.alarms
            for first, word in enumerate(plain)
            for length in range(1, self.longest.get(word, 0) + 1)
        )

    def _names(self, word: str, names: Sequence[str]) -> bool:
        """A child's name; a word that we know as one of ours is none."""
        return (word,) not in self.shelves and any(is_name(word, name) for name in names)

    def _piece_at(self, words: Sequence[str], place: int, names: Sequence[str]) -> Piece:
        if self._names(words[place], names):
            return Piece((words[place],), frozenset({"name"}))
        longest = self.longest.get(words[place], 0)
        for length in range(min(longest, len(words) - place), 0, -1):
            span = tuple(words[place : place + length])
            if span in self.shelves:
                tags = frozenset(self.shelves[span])
                value = next((self.values[span, tag] for tag in tags if (span, tag) in self.values), None)
                return Piece(span, tags, value)
        word = words[place]
        if word.isascii() and word.isdigit() and len(word) <= 2:
            return Piece((word,), frozenset({"numbers"}), int(word))
        return Piece((word,))


def words_of(text: str) -> list[str]:
    """The folded words of a text; of Chinese, which parts no words, each character."""
    return HAN.sub(r" \g<0> ", fold(text)).split()


@cache
def absence_lists() -> tuple[Lists, ...]:
    """All languages, read once."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.toml")))


def _read(path: Path) -> Lists:
    lists = Lists(path.stem)
    for shelf, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for row in rows:
            value, patterns = (int(row[0]), row[1:]) if isinstance(row, list) else (None, [row])
            for pattern in patterns:
                for phrase in written_out(pattern):
                    _add(lists, shelf, tuple(words_of(phrase)), value)
    return lists


def _add(lists: Lists, shelf: str, phrase: tuple[str, ...], value: int | None) -> None:
    if not phrase:
        return
    lists.longest[phrase[0]] = max(len(phrase), lists.longest.get(phrase[0], 0))
    if shelf == "alarm":
        lists.alarms.add(phrase)
        return
    lists.shelves.setdefault(phrase, set()).add(shelf)
    if value is not None:
        lists.values[phrase, shelf] = value
