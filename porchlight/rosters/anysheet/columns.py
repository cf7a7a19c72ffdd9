"""What a column without a telling heading seems to hold, by its cells; and what stands to reason from all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from porchlight.rosters.anysheet import headings
from porchlight.rosters.anysheet.column_words import IS_NIL
from porchlight.rosters.anysheet.grid import Cell, one_line
from porchlight.rosters.anysheet.roles import ADULTS
from porchlight.rosters.reading.sheet_words import IS_SAME
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
    _of_the_child_before(found)
    _once(found)
    for place, cells in enumerate(columns):
        if found[place] == Guess("", "unknown"):
            found[place] = _by_cells(cells, {one.role for one in found})
    _of_the_second_adult(found, names)
    _beside_each_adult(found)
    if any(one.why == "twice" for one in found):  # perhaps another adult: then nobody is the only one
        return [Guess(one.role, "nobodys") if one.why == "whose" else one for one in found]
    return [_whose(one, {each.role for each in found}) for one in found]


def _of_the_second_adult(found: list[Guess], names: Sequence[str]) -> None:
    """“Parent 1, Mobile 1, Parent 2, Mobile 2”: without a second parent, it would be a second number of the first."""
    if not any(one.role == "adult2.name" for one in found):
        return
    for place, one in enumerate(found):
        who, _, what = one.role.partition(".")
        if who == "adult" and what != "name" and headings.hear(names[place]).place == 2:
            found[place] = Guess(f"adult2.{what}", "heading")


def _of_the_child_before(found: list[Guess]) -> None:
    """“Child 1, Class, Child 2, Class”: the second class is the second child’s."""
    last = ""
    for place, one in enumerate(found):
        who, _, what = one.role.partition(".")
        if who.startswith("child") and what == "name":
            last = who
        elif who == "child" and last not in {"", "child"}:
            found[place] = Guess(f"{last}.{what}", "beside")


def _beside_each_adult(found: list[Guess]) -> None:
    """“Father, Phone, Mother, Phone”: each number is of the adult whose name stands just before it."""
    named = sum(one.role in {f"{who}.name" for who in ADULTS} for one in found)
    open_ = [place for place, one in enumerate(found) if one.role == "adult.phone" and one.why == "whose"]
    before = [found[place - 1].role if place else "" for place in open_]
    if named > 1 and len(open_) == named and all(role.endswith(".name") for role in before):
        for place, role in zip(open_, before, strict=True):
            if not role.startswith("child"):
                found[place] = Guess(role.replace(".name", ".phone"), "beside")


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
    if role.endswith(".whatsapp"):
        cells = [cell for cell in cells if fold(one_line(cell)) not in IS_SAME]  # as the phone beside it
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
        if one.role == "adult.name" and one.role in seen and "adult2.name" not in seen:
            found[place] = one = Guess("adult2.name", one.why)  # “Parent, Phone, Parent, Phone”
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
    named = [who for who in ADULTS if f"{who}.name" in taken]
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
