"""Reads a pointed sheet row by row. What cannot be known is left out and asked; what is read otherwise is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from porchlight.rosters.anysheet import headings
from porchlight.rosters.anysheet.cells import Cells
from porchlight.rosters.anysheet.classes import Classes
from porchlight.rosters.anysheet.column_words import BY_RELATION, IS_NIL, IS_TOTAL
from porchlight.rosters.anysheet.grid import Cell, Grid, Tab, lines_of, one_line
from porchlight.rosters.anysheet.pointing import ROWS, Pointing, class_of_row
from porchlight.rosters.anysheet.roles import ADULTS, CHILDREN
from porchlight.rosters.anysheet.saying import RELATION_OF, Adult, Child, Line, Oddity, mark
from porchlight.toolbox.folding import fold

SEVERAL = re.compile(r"\s*(?:[\n/&+;,،]|\band\b|\bاور\b)\s*", re.I)
SURNAME_FIRST = re.compile(r"([^,\n/&+;]+),([^,\n/&+;]+)")
USUAL = 0.6  # of the children's names: then the comma is how this school writes names
LATE = re.compile(
    r"^\W*late\b|\(\s*late\s*\)|\b(?:deceased|expired|difunt[oa]|fallecid[oa])\b|مرحوم|متوفی", re.I
)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}-[A-Z][a-z]{2}(?:-\d+)?|[A-Z][a-z]{2}-\d{1,2}")


@dataclass(slots=True)
class Reading:
    """What a sheet came to."""

    lines: list[Line] = field(default_factory=list)
    refused: list[Oddity] = field(
        default_factory=list
    )  # a person has to say; until then the cell counts as empty
    otherwise: list[Oddity] = field(default_factory=list)  # read otherwise than written
    skipped: list[Oddity] = field(default_factory=list)  # rows that speak of no child


def read(
    grid: Grid, pointing: Pointing, *, country: str, answers: Mapping[str, str], classes: Sequence[str] = ()
) -> Reading:
    """Every row of the pointed tabs. `classes` are those the school has, for their spelling."""
    reading = Reading()
    names = Classes(classes)
    for at in sorted(pointing.tabs):
        tab = grid.tabs[at]
        reader = _Reader(tab, len(grid.tabs) > 1, pointing, answers, country, reading, names)
        reading.lines += reader.lines(_roles_of(grid, pointing, at))
    return reading


def _roles_of(grid: Grid, pointing: Pointing, at: int) -> tuple[int, list[str]]:
    """(row of the headings, roles) in one of the tabs: by its headings, wherever they stand."""
    pattern = grid.tabs[pointing.tabs[0]]
    tab = grid.tabs[at]
    if tab is pattern or pointing.header < 0:
        return pointing.header, pointing.roles
    header = headings.find(tab)
    names = headings.headings(pattern, pointing.header)
    known = dict(zip(map(fold, names), pointing.roles, strict=False))
    return header, [known.get(fold(name), "") for name in headings.headings(tab, header)]


@dataclass(slots=True)
class _Reader:
    tab: Tab
    many_tabs: bool
    pointing: Pointing
    answers: Mapping[str, str]
    country: str
    reading: Reading
    classes: Classes
    last_class: str = ""
    surname_first: bool = False

    def lines(self, found: tuple[int, list[str]]) -> Iterator[Line]:
        header, roles = found
        heads = headings.headings(self.tab, header)
        self.surname_first = self._surnames_come_first(header, roles)
        repeated = [fold(name) for name in map(one_line, self.tab.rows[header])] if header >= 0 else []
        above: Sequence[Cell] = []
        for at, row in enumerate(self.tab.rows[header + 1 :], start=header + 1):
            if not any(map(one_line, row)) or [fold(one_line(cell)) for cell in row] == repeated:
                continue
            if self.pointing.class_from == ROWS and class_of_row(row):
                self.last_class = class_of_row(row)
                continue
            cells = Cells(row, above, roles, heads, self.country, self.answers)
            line = self._line(at + 1, cells)
            above = cells.row
            if line is not None:
                yield line

    def _surnames_come_first(self, header: int, roles: list[str]) -> bool:
        """“Khan, Ali”, in most of the cells."""
        if "child.name" not in roles:
            return False
        at = roles.index("child.name")
        names = [name for row in self.tab.rows[header + 1 :] if (name := one_line(row[at]))]
        return sum(bool(SURNAME_FIRST.fullmatch(name)) for name in names) > max(1, len(names) * USUAL)

    def _line(self, row: int, cells: Cells) -> Line | None:
        line = Line(self.tab.name if self.many_tabs else "", row)
        said = [one_line(cell) for cell in cells.row if one_line(cell)]
        first = fold(said[0]).rstrip(" 0123456789")
        if first in IS_TOTAL or (len(said) == 1 and not cells.words("child.name")):
            self._skip("any.no_row_of_a_child", line, " ".join(said))
            return None
        cells.where = (line.place, row)
        line.children = list(self._children(cells))
        line.adults = list(self._adults(cells))
        limit = cells.words("adult.restriction")
        if limit and fold(limit) not in IS_NIL and not any(adult.restriction for adult in line.adults):
            cells.refuse("any.restriction_of_whom", "adult.restriction", "", written=limit)
            line.adults = []  # rather nobody than the wrong one
        line.label, line.language, line.reads = (
            cells.words(f"home.{what}") for what in ("label", "language", "reads")
        )
        line.teacher, line.teacher_email = cells.words("teacher.name"), cells.words("teacher.email")
        self.reading.refused += cells.refused
        self.reading.otherwise += cells.otherwise
        if not line.children:
            if not cells.refused:
                self._skip("sheet.no_child", line, " ".join(said)[:60])
            return None
        return line

    def _skip(self, code: str, line: Line, words: str) -> None:
        self.reading.skipped.append(Oddity(code, line.place, line.row, "", words[:60]))

    def _children(self, cells: Cells) -> Iterator[Child]:
        for who in CHILDREN:
            written = cells.cell(f"{who}.name")
            name = " ".join(filter(None, [one_line(written), cells.words(f"{who}.last")]))
            if not name or fold(name) in IS_NIL:
                continue
            group = self._class(who, cells)
            turned = SURNAME_FIRST.fullmatch(name) if self.surname_first else None
            if turned:
                given = f"{turned[2].strip()} {turned[1].strip()}"
                cells.tell("any.surname_first", f"{who}.name", name, given)
                if not cells.not_so("any.surname_first"):
                    yield Child(given, group, cells.words(f"{who}.number"))
                    continue
            parts = [part for part in SEVERAL.split("\n".join(lines_of(written))) if part.strip()]
            if len(parts) > 1:
                yield from self._several(who, name, parts, group, cells)
            else:
                yield Child(name, group, cells.words(f"{who}.number"))

    def _several(self, who: str, name: str, parts: list[str], group: str, cells: Cells) -> Iterator[Child]:
        """A cell with several names, or one name with a comma in it: nobody can tell but the office."""
        key = mark("children", name)
        answer = self.answers.get(key)
        if answer == "several":
            groups = [part for part in SEVERAL.split(group) if part]
            for place, part in enumerate(parts):
                own = groups[place] if len(groups) == len(parts) else group
                yield Child(part, self.classes.spelt(own))
        elif answer == "one":
            yield Child(name, group, cells.words(f"{who}.number"))
        cells.refuse("any.several_children", f"{who}.name", " · ".join(parts), key=key, written=name)

    def _class(self, who: str, cells: Cells) -> str:
        match self.pointing.class_from:
            case "tab":
                return self.classes.spelt(self.tab.name)
            case "rows":
                return self.classes.spelt(self.last_class)
            case "fixed":
                return self.classes.spelt(self.pointing.class_text)
        written = cells.text_of(f"{who}.class", ditto=True)
        if DATE.match(written):
            cells.refuse("any.class_is_a_day", f"{who}.class", "", written=written)
            return ""
        if fold(written) in IS_NIL and not any(sign.isdigit() and sign != "0" for sign in written):
            written = ""
        if who == "child":
            if not written and self.pointing.fill_down:
                written = self.last_class
            self.last_class = written
        section = cells.words(f"{who}.section")
        if section and written:
            written = (
                f"{written}{section}"
                if written[-1].isdigit() and len(section) == 1
                else f"{written} {section}"
            )
        spelt = self.classes.spelt(written)
        if spelt != written:
            cells.tell("any.class_spelling", f"{who}.class", written, spelt)
        return written if cells.not_so("any.class_spelling") else spelt

    def _adults(self, cells: Cells) -> Iterator[Adult]:
        found: dict[str, Adult] = {}
        for slot in ADULTS:
            adult = found.setdefault(slot, Adult(slot, relation=RELATION_OF.get(slot, "")))
            name = cells.words(f"{slot}.name")
            adult.name = "" if fold(name) in IS_NIL else name
            for what in ("called", "agreed"):
                setattr(adult, what, cells.words(f"{slot}.{what}"))
            adult.email = cells.mailbox(f"{slot}.email")
        only = found["adult"]
        for what in ("relation", "restriction", "evidence", "restricted_until"):
            words = cells.words(f"adult.{what}")
            setattr(only, what, "" if fold(words) in IS_NIL else words)
        for slot in ADULTS:
            self._numbers(slot, cells, found)
        self._late(cells, found)
        yield from (adult for adult in found.values() if adult.is_there)

    def _numbers(self, slot: str, cells: Cells, found: dict[str, Adult]) -> None:
        own = found[slot].relation
        meant = BY_RELATION.get(fold(own), own)
        for what in ("phone", "whatsapp"):
            for one in cells.numbers_in(f"{slot}.{what}"):
                adult = found[slot]
                if one.relation and one.relation != meant:
                    adult = found.setdefault(one.relation, Adult(one.relation, relation=one.relation))
                (adult.phones if what == "phone" else adult.whatsapps).append(one.value)

    def _late(self, cells: Cells, found: dict[str, Adult]) -> None:
        """Nobody writes to a father who has died. His number is somebody's of the family."""
        for slot in ADULTS:
            adult = found[slot]
            if not LATE.search(adult.name):
                continue
            cells.tell("any.late", f"{slot}.name", adult.name, "")
            if cells.not_so("any.late"):
                continue
            other = found["adult"] if slot != "adult" else Adult("adult")
            other.phones += adult.phones
            other.whatsapps += adult.whatsapps
            found[slot] = other if slot == "adult" else Adult(slot)
