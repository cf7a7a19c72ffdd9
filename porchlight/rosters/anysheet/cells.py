"""The cells of one row by what they hold, with what was typed instead of them, and what was odd about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from porchlight.rosters.anysheet import numbers
from porchlight.rosters.anysheet.column_words import DITTO_SIGNS, IS_DITTO, IS_NIL
from porchlight.rosters.anysheet.grid import Cell, one_line
from porchlight.rosters.anysheet.saying import Oddity, mark
from porchlight.rosters.reading.contacts import MAILBOX
from porchlight.rosters.reading.sheet_words import IS_SAME
from porchlight.toolbox.folding import fold

NO = "no"  # the answer that takes a whole kind of reading back


@dataclass(slots=True)
class Cells:
    """One row. `above` is the row before it, for “ditto”; `answers` are what the office said about single cells."""

    written: Sequence[Cell]
    above: Sequence[Cell]
    roles: Sequence[str]
    heads: Sequence[str]
    country: str
    answers: Mapping[str, str]
    where: tuple[str, int] = ("", 0)
    row: list[Cell] = field(default_factory=list)  # with ditto marks filled in
    refused: list[Oddity] = field(default_factory=list)
    otherwise: list[Oddity] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.row = list(self.written)

    def places(self, role: str) -> list[int]:
        """The columns that hold it."""
        return [place for place, one in enumerate(self.roles) if one == role and place < len(self.row)]

    def cell(self, role: str) -> Cell:
        """The first column's."""
        return next((self.row[place] for place in self.places(role)), "")

    def words(self, role: str) -> str:
        """On one line; "" where there is no such column."""
        return one_line(self.cell(role))

    def text_of(self, role: str, *, ditto: bool = False) -> str:
        """The same with a mended cell, and with “ditto” read as what stands above."""
        for place in self.places(role):
            if ditto:
                self._ditto(role, place)
            return self._typed(role, self.row[place]) or one_line(self.row[place])
        return ""

    def numbers_in(self, role: str) -> Iterator[numbers.Found]:
        """Every number of every column that holds this."""
        for place in self.places(role):
            self._ditto(role, place)
            cell = self.row[place]
            yield from self._read(role, self._typed(role, cell) or cell, cell)

    def _read(self, role: str, cell: Cell, written: Cell) -> Iterator[numbers.Found]:
        if role.endswith(".whatsapp") and fold(one_line(cell)) in IS_SAME:
            yield from self.numbers_in(role.replace(".whatsapp", ".phone"))
            return
        said = numbers.read(cell, self.country)
        if said.trouble:
            self.refuse(said.trouble, role, "", written=written, why=said.why)
        kept = [one for one in said.found if not (one.zero_back and self.not_so("any.zero_back"))]
        if len(said.found) > 1:
            kept = [] if self.not_so("any.two_numbers") else kept
            self.tell("any.two_numbers", role, one_line(written), " · ".join(said.values))
        for one in said.found:
            if one.zero_back:
                self.tell("any.zero_back", role, one_line(written), one.value)
            if one.relation:
                self.tell("any.labelled", role, one_line(written), one.value)
        yield from (replace(one, relation="") if self.not_so("any.labelled") else one for one in kept)

    def mailbox(self, role: str) -> str:
        """The first address in the cell, as it stands where it is none: the families sheet says so."""
        words = self.words(role)
        if not words or fold(words) in IS_NIL:
            return ""
        return next((part for part in re.split(r"[\s;,/]+", words) if MAILBOX.fullmatch(part)), words)

    def refuse(self, code: str, role: str, read: str, *, written: Cell, key: str = "", why: str = "") -> None:
        """Nobody can know what this cell means until the office says so."""
        key = key or self._key(role, written)
        self.refused.append(self._odd(code, role, one_line(written), read, key, why))

    def tell(self, code: str, role: str, written: str, read: str) -> None:
        """This was read otherwise than it is written."""
        self.otherwise.append(self._odd(code, role, written, read, "", ""))

    def _odd(self, code: str, role: str, written: str, read: str, key: str, why: str) -> Oddity:
        place = next(iter(self.places(role)), -1)
        heading = self.heads[place] if 0 <= place < len(self.heads) else ""
        return Oddity(code, *self.where, heading, written, read, self.words("child.name"), key, why)

    def _ditto(self, role: str, place: int) -> None:
        words = one_line(self.row[place])
        is_ditto = words in DITTO_SIGNS or (fold(words) in IS_DITTO and not role.endswith(".whatsapp"))
        if is_ditto and place < len(self.above):
            kept: Cell = "" if self.not_so("any.ditto") else self.above[place]
            self.tell("any.ditto", role, words, one_line(self.above[place]))
            self.row[place] = kept

    def _typed(self, role: str, written: Cell) -> str:
        """What the office typed instead of a cell that nobody could read."""
        typed = self.answers.get(self._key(role, written), "").strip()
        if typed:
            odd = self._odd("any.typed", role, one_line(written), typed, self._key(role, written), "")
            self.otherwise.append(odd)
        return typed

    def _key(self, role: str, written: Cell) -> str:
        return mark("cell", role, self.words("child.name"), one_line(written))

    def not_so(self, code: str) -> bool:
        """Whether the office took this kind of reading back."""
        return self.answers.get(code) == NO
