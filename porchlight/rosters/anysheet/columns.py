"""What a column without a telling heading seems to hold, by its cells; and what stands to reason from all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from porchlight.rosters.anysheet import headings
from porchlight.rosters.anysheet.column_words import IS_NIL
from porchlight.rosters.anysheet.grid import Cell, one_line
from porchlight.toolbox.folding import digits, fold

ENOUGH = 0.6  # of a column's cells that say something
LONGEST_CLASS = 14
MOST_LOOKED_AT = 300  # cells of a column
PHONE = re.compile(r"[+\d][\d\s().\-/,;+&]{6,}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to hold; `why` is a word of `telling.WHY`."""

    role: str
    why: str


def guess(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[Guess]:
    """For each column: by its heading, else by its cells. Roles that only one column can have are given once."""
    columns = [_filled(rows, place) for place in range(len(names))]
    found = [
        _by_heading(name, cells) if name else Guess("", "unknown")
        for name, cells in zip(names, columns, strict=True)
    ]
    _once(found)
    for place, cells in enumerate(columns):
        if found[place] == Guess("", "unknown"):
            found[place] = _by_cells(cells, {one.role for one in found})
    return [_whose(one, {each.role for each in found}) for one in found]


def _filled(rows: Sequence[Sequence[Cell]], place: int) -> list[Cell]:
    cells = [row[place] for row in rows[: MOST_LOOKED_AT * 2]]
    return [cell for cell in cells if (words := fold(one_line(cell))) and words not in IS_NIL][
        :MOST_LOOKED_AT
    ]


def _by_heading(name: str, cells: list[Cell]) -> Guess:
    role, why = headings.role_of(headings.hear(name))
    if role.endswith(".number") and len(set(map(one_line, cells))) < len(cells):
        return Guess("", "number_twice")  # a roll number begins anew in each class
    if role.endswith(".name") and _share(cells, PHONE) > ENOUGH:
        return Guess("", "unknown")  # “Father”, and numbers below
    if role.endswith((".phone", ".whatsapp")) and cells and _share(cells, PHONE) < 1 - ENOUGH:
        return (
            Guess(role, "odd_numbers")
            if any(_has_digits(cell) for cell in cells)
            else Guess("", "no_numbers")
        )
    return Guess(role, why)


def _once(found: list[Guess]) -> None:
    """Several numbers of one adult are several columns; anything else has one."""
    seen: set[str] = set()
    for place, one in enumerate(found):
        if one.role and one.role in seen and not one.role.endswith((".phone", ".whatsapp", ".email")):
            found[place] = Guess("", "twice")
        seen.add(one.role)


def _by_cells(cells: list[Cell], taken: set[str]) -> Guess:
    if not cells:
        return Guess("", "empty")
    if _share(cells, MAIL) > ENOUGH:
        return Guess("adult.email", "looks_like_mail")
    if _share(cells, PHONE) > ENOUGH:
        return Guess("adult.phone", "looks_like_phone")
    texts = [one_line(cell) for cell in cells]
    short = [text for text in texts if len(text) <= LONGEST_CLASS]
    few = len(set(texts)) <= max(2, len(texts) // 3)
    if "child.class" not in taken and len(short) == len(texts) and few and any(map(_has_digits, cells)):
        return Guess("child.class", "looks_like_class")
    names = sum(_is_name(text) for text in texts) / len(texts)
    if names > ENOUGH and "child.name" not in taken and len(set(texts)) > len(texts) // 2:
        return Guess("child.name", "looks_like_names")
    return Guess("", "unknown")


def _whose(one: Guess, taken: set[str]) -> Guess:
    """Whose a number is that says no more than “phone”: where one adult alone is named, theirs."""
    if (
        one.why not in {"whose", "looks_like_phone", "looks_like_mail", "odd_numbers"}
        or one.role[:6] != "adult."
    ):
        return one
    named = [who for who in ("father", "mother", "adult") if f"{who}.name" in taken]
    if len(named) == 1:
        what = one.role.partition(".")[2]
        return Guess(f"{named[0]}.{what}", "only_adult")
    return one if one.why != "whose" else Guess(one.role, "nobodys")


def _share(cells: Sequence[Cell], pattern: re.Pattern[str]) -> float:
    if not cells:
        return 0.0
    return sum(bool(pattern.search(digits(one_line(cell)))) for cell in cells) / len(cells)


def _has_digits(cell: Cell) -> bool:
    return any(sign.isdigit() for sign in one_line(cell))


def _is_name(text: str) -> bool:
    kinds = Counter("digit" if sign.isdigit() else "letter" for sign in text if sign.isalnum())
    return not kinds["digit"] and kinds["letter"] > 2
