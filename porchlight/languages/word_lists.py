"""The words of `reply_words/<language>.toml`, written out and folded: one look-up from a message to its meanings.

A file holds, for each meaning, whole messages on four shelves: `words`; `sentences`; `alone` (not even a polite
word beside it); `readers` (counts only for homes that read this language). `(a|b)` is a choice, `[a]` may be left
out; both may be nested. The first greeting on a list is the one that our cards write for a family.
"""

from __future__ import annotations

import enum
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

from porchlight.toolbox import scripts
from porchlight.toolbox.folding import fold

FOLDER = Path(__file__).parent / "reply_words"
LAST_RESORT = "en"
SHELVES = {"words", "sentences", "alone", "readers"}
BRACKETS = set("()[]|")
PIECES = re.compile(r"([()\[\]|])")


class Kind(enum.StrEnum):
    """What a short message from a home means."""

    STOP = "stop"  # no more messages to this address
    START = "start"  # messages again
    HELP = "help"  # who is this? Answered with the school's name and contact; people see it too
    YES = "yes"
    NO = "no"
    OK = "ok"  # "fine", "thank you", a thumb: heard and well; an acknowledgement, not an agreement
    CALL = "call"  # please ring me
    NOT_ME = "not_me"  # wrong number
    NEW_NUMBER = "new_number"  # their number has changed; the number itself is taken out before
    FEWER = "fewer"  # few messages, all is well
    ALL_MESSAGES = "all_messages"  # as many as from the start
    ABOUT_CLASS = "about_class"  # what the class learns, how school works, whom to ask
    TONIGHT = "tonight"  # the question for the dinner table
    VISIT = "visit"  # please come and see us
    TALK = "talk"  # a time to talk with the teacher
    HELLO = "hello"  # a greeting and nothing else
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one message."""

    kind: Kind
    language: str
    number: int | None = None
    sentence: bool = False  # a written-out form, not the word itself
    readers_only: bool = False
    alone: bool = False


@dataclass(slots=True)
class WordLists:
    """Everything we understand, folded."""

    meanings: dict[str, list[Reading]] = field(default_factory=dict)
    polite: set[tuple[str, ...]] = field(default_factory=set)
    before_number: set[tuple[str, ...]] = field(default_factory=set)
    unclear: dict[str, set[str]] = field(
        default_factory=dict
    )  # message → whose readers may mean another thing

    def add(self, pattern: str, meaning: Reading) -> None:
        for message in written_out(pattern):
            known = self.meanings.setdefault(message, [])
            if meaning not in known:
                known.append(meaning)


@cache
def word_lists() -> WordLists:
    """All languages, read once."""
    lists = WordLists()
    for path in sorted(FOLDER.glob("*.toml")):
        _read(lists, path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    return lists


def languages() -> list[str]:
    """Languages whose short answers we understand."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def greeting(tag: str) -> str:
    """How a family that reads this language greets us; in English where we know no greeting of theirs."""
    own = scripts.matches(tag, languages()) or LAST_RESORT
    file = tomllib.loads((FOLDER / f"{own}.toml").read_text(encoding="utf-8"))
    words: list[str] = file.get("hello", {}).get("words", [])
    return words[0].capitalize() if words else greeting(LAST_RESORT)


def written_out(pattern: str) -> Iterator[str]:
    """Every message a pattern stands for, folded: `"[Já] (a|b)"` gives ja a, ja b, a, b.

    Raises ValueError where brackets do not match.
    """
    folded = "".join(piece if piece in BRACKETS else _folded(piece) for piece in PIECES.split(pattern))
    for form in _choices(folded):
        yield " ".join(form.split())


def _read(lists: WordLists, language: str, file: dict[str, object]) -> None:
    for name, rows in file.items():
        match name, rows:
            case "polite", list():
                lists.polite |= {tuple(fold(word).split()) for word in rows}
            case "before_number", list():
                lists.before_number |= {tuple(fold(word).split()) for word in rows}
            case "unclear", list():
                for word in rows:
                    lists.unclear.setdefault(fold(word), set()).add(language)
            case "numbers", dict():
                _read_numbers(lists, language, rows)
            case _, dict():
                _read_meaning(lists, language, Kind(name), rows)
            case _:
                raise ValueError(f"{language}.toml: {name} is not a list we know.")


def _read_meaning(lists: WordLists, language: str, kind: Kind, rows: dict[str, list[str]]) -> None:
    for shelf, patterns in rows.items():
        if shelf not in SHELVES:
            raise ValueError(f"{language}.toml: {shelf} is not a shelf we know.")
        meaning = Reading(
            kind,
            language,
            sentence=shelf == "sentences",
            readers_only=shelf == "readers",
            alone=shelf == "alone",
        )
        for pattern in patterns:
            lists.add(pattern, meaning)


def _read_numbers(lists: WordLists, language: str, rows: dict[str, list[list[str]]]) -> None:
    for shelf, numbers in rows.items():
        for value, *names in numbers:
            meaning = Reading(Kind.NUMBER, language, int(value), readers_only=shelf == "readers")
            for name in names:
                lists.add(name, meaning)


def _folded(piece: str) -> str:
    """Folded, with the space at its ends kept: pieces are put together again."""
    before, after = piece[:1].isspace(), piece[-1:].isspace()
    return " " * before + fold(piece) + " " * after


def _choices(pattern: str) -> list[str]:
    """The pattern without brackets, once for each choice."""
    parts: list[list[str]] = [[]]
    finished: list[str] = []
    place = 0
    while place < len(pattern):
        letter = pattern[place]
        if letter in "([":
            end = _closing(pattern, place)
            inside = _choices(pattern[place + 1 : end])
            parts.append([*inside, ""] if letter == "[" else inside)
            place = end
        elif letter == "|":
            finished += _joined(parts)
            parts = [[]]
        elif letter in ")]":
            raise ValueError(f"{letter} without its beginning: {pattern}")
        else:
            parts.append([letter])
        place += 1
    return finished + _joined(parts)


def _joined(parts: list[list[str]]) -> list[str]:
    return ["".join(choice) for choice in product(*(part for part in parts if part))]


def _closing(pattern: str, start: int) -> int:
    depth = 0
    for place in range(start, len(pattern)):
        depth += (pattern[place] in "([") - (pattern[place] in ")]")
        if depth == 0:
            return place
    raise ValueError(f"a bracket is never closed: {pattern}")
