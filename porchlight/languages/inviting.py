"""Words that read as blame, and an invitation to put in their place: by rule, on this machine, in what was written.

A hint and never a verdict: nothing is held back by it, and nothing of a text leaves the machine or is kept. The rules
are in `blame_words/<language>.toml`, each with where it comes from; how a pattern is read stands in `en.toml`.
"""

from __future__ import annotations

import enum
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from porchlight.languages.sentences import Piece, pieces, together
from porchlight.toolbox import scripts
from porchlight.toolbox.folding import fold

FOLDER = Path(__file__).parent / "blame_words"
PIECES = re.compile(r"(<\w+>|[()\[\]|~])")
GAP = r"(?:\S+ ){0,3}"
EDGES = "\"'“”‘’«»()[]،,.;:؛۔!?؟…"
MOST = 4  # findings shown; more would be a scolding of the writer
LONGEST = 4000  # letters looked at


class Kind(enum.StrEnum):
    """What is heard in the words."""

    ALWAYS = "always"  # never, always: seldom the whole of it
    LABEL = "label"  # what a child is, in place of what was seen
    YOU = "you"  # the home did not, or should
    COMPARE = "compare"
    THREAT = "threat"
    MOTIVE = "motive"  # why somebody did it, as if it could be seen
    TOLD = "told"  # we have said so before


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding. `words` as they were written; `sentence` is the whole, which an invitation takes the place of."""

    place: int  # of the sentence in the text, counted from 0
    words: str
    sentence: str
    kind: Kind
    invitation: str  # in the language of the words; `{child}` where the child's name comes
    language: str
    key: str  # which sentence, and which invitation: see `invited`


@dataclass(frozen=True, slots=True)
class Rule:
    """What reads as blame, what looks like it and does not, and what to ask instead."""

    kind: Kind
    find: re.Pattern[str]
    unless: re.Pattern[str] | None
    invite: str
    language: str


@dataclass(frozen=True, slots=True)
class _Folded:
    """A sentence as folded words, each with the written word it came from."""

    text: str  # every folded word with a space behind it
    owners: Sequence[int]
    written: Sequence[str]

    def as_written(self, start: int, end: int) -> str:
        first, last = self.text.count(" ", 0, start), self.text.count(" ", 0, end) - 1
        words = self.written[self.owners[first] : self.owners[last] + 1]
        return " ".join(words).strip(EDGES)


def blame_in(text: str, language: str, *, names: Sequence[str] = ()) -> list[Seen]:
    """What in a text of this language may read as blame; once a sentence. `names`: the child's, where it is known.

    English and Urdu are read together, in both scripts: people write them in one breath.
    """
    if scripts.base(language) not in {scripts.base(tag) for tag in languages()}:
        return []
    found = []
    for place, piece in enumerate(pieces(text[:LONGEST])):
        one = _in_sentence(place, piece.sentence, _names(names))
        if one is not None:
            found.append(one)
    return found[:MOST]


def invited(text: str, key: str, *, child: str = "{child}") -> str:
    """The text with an invitation in place of the sentence it was offered for.

    As it was where that sentence does not stand there any more, or the key is none of ours.
    """
    parts = pieces(text)
    for place, part in enumerate(parts):
        for number, rule in enumerate(rules()):
            if key == _key(place, part.sentence, number):
                parts[place] = Piece(rule.invite.replace("{child}", child), part.gap)
                return together(parts)
    return text


def worries(text: str, language: str) -> bool:
    """Whether a text speaks of a worry: blame, or words that a concern is told in."""
    if blame_in(text, language):
        return True
    folded = _folded(text[:LONGEST], {})
    return any(pattern.search(folded.text) for pattern in _worry_words(scripts.base(language)))


def languages() -> list[str]:
    """Whose words we know."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def _in_sentence(place: int, sentence: str, names: Mapping[str, str]) -> Seen | None:
    folded = _folded(sentence, names)
    for number, rule in enumerate(rules()):
        match = rule.find.search(folded.text)
        if match is not None and not (rule.unless and rule.unless.search(folded.text)):
            words = folded.as_written(match.start(), match.end())
            key = _key(place, sentence, number)
            return Seen(place, words, sentence, rule.kind, rule.invite, rule.language, key)
    return None


def _key(place: int, sentence: str, rule: int) -> str:
    return f"{place}.{rule}.{crc32(sentence.encode()):x}"


def _names(names: Sequence[str]) -> dict[str, str]:
    """A name said in a text stands for "child"; of a name of several words, its first."""
    return {parts[0]: "child" for name in names if (parts := fold(name).split())}


def _folded(sentence: str, names: Mapping[str, str]) -> _Folded:
    written, words, owners = sentence.split(), [], []
    for owner, token in enumerate(written):
        for word in fold(token).split():
            words.append(names.get(word, word))
            owners.append(owner)
    return _Folded("".join(f"{word} " for word in words), owners, written)


@cache
def rules() -> tuple[Rule, ...]:
    """All, in the order of their files."""
    return tuple(rule for tag in languages() for rule in _rules_of(tag))


@cache
def _worry_words(base: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        _pattern(file["worry"]["words"], _lists(file))
        for tag in languages()
        if scripts.base(tag) == base
        for file in (_file(tag),)
    )


@cache
def _file(tag: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))


def _rules_of(tag: str) -> Iterator[Rule]:
    file = _file(tag)
    lists = _lists(file)
    for row in file["rule"]:
        unless = _pattern(row["unless"], lists) if row.get("unless") else None
        yield Rule(Kind(row["kind"]), _pattern(row["find"], lists), unless, row["invite"], tag)


def _lists(file: Mapping[str, Any]) -> dict[str, str]:
    return {name: "|".join(_as_regex(word, {}) for word in words) for name, words in file["lists"].items()}


def _pattern(patterns: Sequence[str], lists: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\S)(?:" + "|".join(_as_regex(one, lists) for one in patterns) + ")")


def _as_regex(pattern: str, lists: Mapping[str, str]) -> str:
    """Over folded words, each with a space behind it. Raises KeyError for a list that is not there."""
    made = []
    for piece in PIECES.split(pattern):
        match piece:
            case "(" | "[":
                made.append("(?:")
            case ")" | "|":
                made.append(piece)
            case "]":
                made.append(")?")
            case "~":
                made.append(GAP)
            case _ if piece.startswith("<"):
                made.append(f"(?:{lists[piece[1:-1]]})")
            case _:
                made.extend(_word(word) for word in piece.split())
    return "".join(made)


def _word(word: str) -> str:
    ending = r"\S*" if word.endswith("*") else ""
    folded = [re.escape(part) for part in fold(word).split()]
    return "".join(f"{part} " for part in folded[:-1]) + "".join(f"{part}{ending} " for part in folded[-1:])
