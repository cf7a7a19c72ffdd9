"""Questions of ours for the dinner table: what each fits stands in `about.toml`, what it asks in `<language>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from porchlight.conversations.wording import Words
from porchlight.languages.provenance import OURSELVES, Provenance, Version
from porchlight.toolbox.folding import fold

FOLDER = Path(__file__).parent / "questions"
FIRST = "en"


@dataclass(frozen=True, slots=True)
class Question:
    """One of them. `years`: school years it suits, both included. `words`: beginnings of words, folded."""

    name: str
    years: tuple[int, int]
    words: tuple[str, ...]

    def suits(self, year: int | None) -> bool:
        """Whether a class of this year may be asked it; of a class whose year we cannot read, anything may."""
        return year is None or self.years[0] <= year <= self.years[1]

    def fits(self, learns: str) -> bool:
        """Whether a class that learns this, folded, is at it now. Chinese has no spaces, so there a part is enough."""
        return any(
            re.search(rf"(?:^|\s|و|ال){re.escape(word)}|{_solid(word)}", learns) for word in self.words
        )


def _solid(word: str) -> str:
    return re.escape(word) if any("\u4e00" <= sign <= "\u9fff" for sign in word) else r"(?!)"


@cache
def questions() -> dict[str, Question]:
    """By name, in the order they are offered."""
    file = tomllib.loads((FOLDER / "about.toml").read_text(encoding="utf-8"))
    return {
        name: Question(name, (row["years"][0], row["years"][1]), tuple(fold(w) for w in row.get("words", ())))
        for name, row in file.items()
    }


@cache
def texts() -> dict[str, dict[str, str]]:
    """By language, by name."""
    files = (path for path in sorted(FOLDER.glob("*.toml")) if path.stem != "about")
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}


def words_of(name: str, language: str) -> Words:
    """One in every language; the school's own stands first where we have it."""
    own = language if language in texts() else FIRST
    versions = {
        tag: Version(rows[name], tag, Provenance.PERSON, OURSELVES)
        for tag, rows in texts().items()
        if tag != own
    }
    return Words(texts()[own][name], own, versions)


def fitting(*, year: int | None, learns: str, used: Collection[str]) -> Iterator[Question]:
    """Those that suit, best first: what the class is at now, then what fits always; asked ones after the others."""
    suited = [one for one in questions().values() if one.suits(year)]
    folded = fold(learns)

    def place(one: Question) -> tuple[bool, int]:
        if one.words:
            return one.name in used, 0 if one.fits(folded) else 2
        return one.name in used, 1

    yield from sorted(suited, key=place)
