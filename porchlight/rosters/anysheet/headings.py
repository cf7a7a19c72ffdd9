"""Where a sheet's headings stand, and what each says its column holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from porchlight.rosters.anysheet.column_words import BY_ORDINAL, BY_WHAT, BY_WHO
from porchlight.rosters.anysheet.grid import Cell, Tab, one_line
from porchlight.rosters.anysheet.roles import CHILDREN
from porchlight.toolbox.folding import fold

LOOK_FOR_THEM = 25  # rows: letterheads are tall
LONGEST = 60  # characters of a heading
MOST_WORDS = 4  # of an entry of the tables
MOST_FIGURES = 7  # a telephone number has as many; a heading such as “2026-27” has not
DIGIT = re.compile(r"(?<!\d)([1-4])(?!\d)")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a heading says: whom, what, and the how-manieth; "" and 0 where it does not."""

    who: str = ""
    what: str = ""
    place: int = 0

    @property
    def says_anything(self) -> bool:
        return bool(self.who or self.what)


def hear(heading: str) -> Heard:
    """The longest known words of a heading, whom first: “Father Cell No” is his phone, not a serial number."""
    folded = fold(heading)
    whole = BY_WHAT.get(folded, "")
    if whole in {"nothing", "serial", "number", "last"}:
        return Heard("", whole)
    if folded in BY_WHO:
        return Heard(BY_WHO[folded])
    place = next(iter(DIGIT.findall(folded)), "")
    words = [word for word in re.sub(DIGIT, " ", folded).split() if word not in BY_ORDINAL]
    ordinal = next((BY_ORDINAL[word] for word in folded.split() if word in BY_ORDINAL), 0)
    who, left = _longest(words, BY_WHO)
    what, _ = _longest(left, BY_WHAT)
    if what == "serial" and who:
        what = ""
    if not what and not who:
        what, _ = _longest(words, BY_WHAT)
    return Heard(who, whole or what, int(place or ordinal))


def _longest(words: list[str], table: dict[str, str]) -> tuple[str, list[str]]:
    """(what the longest run of words means, the words without it)."""
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            meant = table.get(" ".join(words[start : start + length]))
            if meant and not (length == 1 and len(words[start]) == 1 and len(words) > 1):
                return meant, words[:start] + words[start + length :]
    return "", words


def find(tab: Tab) -> int:
    """The row of the headings; -1 where none of the first rows looks like them."""
    best, at = 1, -1
    for row, cells in enumerate(tab.rows[:LOOK_FOR_THEM]):
        score = _score(cells)
        if score > best:
            best, at = score, row
    if at < 0:
        return _stands_out(tab)
    if 0 <= at < len(tab.rows) - 1 and _names_parts(tab.rows[at + 1]) and _are_groups(tab.rows[at]):
        return at + 1
    return at


def _stands_out(tab: Tab) -> int:
    """Words nobody knows are headings, too, where the first row has no telephone number and those below do."""
    rows = [(at, cells) for at, cells in enumerate(tab.rows) if sum(map(bool, map(one_line, cells))) > 1]
    if len(rows) > 1 and not _has_long_figures(rows[0][1]):
        below = [cells for _, cells in rows[1:]]
        if sum(map(_has_long_figures, below)) * 2 > len(below):
            return rows[0][0]
    return -1


def _has_long_figures(cells: list[Cell]) -> bool:
    return any(sum(sign.isdigit() for sign in one_line(cell)) >= MOST_FIGURES for cell in cells)


def _names_parts(cells: list[Cell]) -> bool:
    """Whether a row says nothing but what of whom: “Name”, “Phone” below “Father”."""
    said = [hear(words) for cell in cells if (words := one_line(cell))]
    return len(said) > 1 and all(one.what and not one.who for one in said) and _score(cells) > 0


def _score(cells: list[Cell]) -> int:
    """How many cells say different things a heading says; a row with numbers of telephones in it is no heading."""
    heard = set()
    for cell in cells:
        words = one_line(cell)
        if isinstance(cell, int | float) or sum(sign.isdigit() for sign in words) >= MOST_FIGURES:
            return 0
        said = hear(words) if len(words) <= LONGEST else Heard()
        if said.says_anything:
            heard.add((said, words))
    return len(heard)


def headings(tab: Tab, row: int) -> list[str]:
    """One a column. Where a row above names groups (“Father” over “Name” and “Phone”), both are said."""
    if row < 0:
        return [""] * tab.width
    own = [one_line(cell) for cell in tab.rows[row]]
    if not row or not _are_groups(tab.rows[row - 1]):
        return own
    above = list(_carried([one_line(cell) for cell in tab.rows[row - 1]], own))
    return [
        f"{group} {name}".strip() if group != name else name for group, name in zip(above, own, strict=True)
    ]


def _carried(cells: list[str], below: list[str]) -> Iterator[str]:
    """Group names stand in their first column alone; they hold until the next one, over whatever has a name below."""
    last = ""
    for cell, name in zip(cells, below, strict=True):
        last = cell or last
        yield last if name else cell


def _are_groups(above: list[Cell]) -> bool:
    named = {words for cell in above if (words := one_line(cell)) and len(words) <= LONGEST}
    return any(hear(words).who for words in named) and len(named) > 1


def role_of(heard: Heard) -> tuple[str, str]:
    """(role, reason) of what a heading says; ("", reason) where that is nothing we need or know."""
    who, what = heard.who, heard.what
    if what in {"nothing", "serial"}:
        return "", what
    if what in {"class", "section", "number"}:
        return f"{_child(heard.place)}.{'number' if what == 'number' else what}", "heading"
    if what == "restriction":
        return "adult.restriction", "heading"
    if what in {"relation", "called"}:
        return f"{who if what == 'called' and who in {'father', 'mother'} else 'adult'}.{what}", "heading"
    if what in {"language", "reads", "home"}:
        return f"home.{'label' if what == 'home' else what}", "heading"
    if who == "teacher":
        return {"email": ("teacher.email", "heading"), "name": ("teacher.name", "heading")}.get(
            what or "name", ("", "unknown")
        )
    if who == "child" or (not who and what in {"name", "last"}):
        return _of_the_child(heard)
    if what in {"phone", "whatsapp", "email", "agreed"}:
        return f"{who or 'adult'}.{what}", "heading" if who in {"father", "mother"} else "whose"
    if who == "adult" and heard.place == 2:
        return "adult2.name", "heading"
    return (f"{who}.name", "heading") if who else ("", "unknown")


def _of_the_child(heard: Heard) -> tuple[str, str]:
    if heard.what in {"phone", "whatsapp", "email"}:
        return "", "childs_own"
    return f"{_child(heard.place)}.{'last' if heard.what == 'last' else 'name'}", "heading"


def _child(place: int) -> str:
    return CHILDREN[max(place - 1, 0)]
