"""What the office points at: which tabs, which row has the headings, what each column holds, where the class stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from porchlight.rosters.anysheet import headings
from porchlight.rosters.anysheet.columns import Guess, guess
from porchlight.rosters.anysheet.grid import Cell, Grid, Tab, letter, one_line
from porchlight.rosters.anysheet.roles import all_roles
from porchlight.toolbox.folding import fold

COLUMN, TAB, ROWS, FIXED = "column", "tab", "rows", "fixed"
SPARSE = 0.75  # of the rows with a child: fewer classes than that, and the empty cells mean the one above


@dataclass(slots=True)
class Pointing:
    """Everything a person confirms before a sheet is read. What was guessed has a reason: `whys` of the columns."""

    tabs: list[int] = field(default_factory=list)  # the first is the one whose headings were pointed at
    header: int = -1  # row of the headings, from 0; -1: there are none
    roles: list[str] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)
    class_from: str = COLUMN
    class_text: str = ""
    class_why: str = ""
    fill_down: bool = False
    whole: bool = True  # the sheet speaks of every child of the school: who is missing has left

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @property
    def missing(self) -> list[str]:
        """What the office still has to point at: `child`, `class`, `phone`."""
        what = {role.partition(".")[2] for role in self.roles}
        names = any(role in {"child.name", "child.last"} for role in self.roles)
        has_class = "class" in what or self.class_from in {TAB, ROWS} or bool(self.class_text.strip())
        found = {"child": names, "class": has_class, "phone": bool(what & {"phone", "whatsapp"})}
        return [name for name, there in found.items() if not there]


def pointed(kept: Mapping[str, Any]) -> Pointing:
    """What `stored` gave."""
    return Pointing(**kept)


def first_guess(grid: Grid, memory: Mapping[str, str] | None = None) -> Pointing:
    """What the sheet seems to be. `memory`: heading (folded) → role, as somebody pointed the last time."""
    at = max(range(len(grid.tabs)), key=lambda place: len(grid.tabs[place].rows))
    header = headings.find(grid.tabs[at])
    return at_header(
        grid, [at, *(place for place in _alike(grid, at, header) if place != at)], header, memory
    )


def at_header(
    grid: Grid, tabs: Sequence[int], header: int, memory: Mapping[str, str] | None = None
) -> Pointing:
    """The same where a person has said which row has the headings; the first of the tabs is the pattern."""
    tab = grid.tabs[tabs[0]]
    names = headings.headings(tab, header)
    rows = tab.rows[header + 1 :]
    found = guess(names, rows)
    if memory:
        found = [
            _remembered(one, name, place, memory)
            for place, (one, name) in enumerate(zip(found, names, strict=True))
        ]
    pointing = Pointing(list(tabs), header, [one.role for one in found], [one.why for one in found])
    _where_the_class_stands(pointing, grid, tab, rows)
    return pointing


def remembered_name(name: str, place: int) -> str:
    """A column in memory: by its heading, or by its letter where it has none."""
    return fold(name) or f"#{letter(place)}"


def to_remember(grid: Grid, pointing: Pointing) -> dict[str, str]:
    """Heading → role."""
    names = headings.headings(grid.tabs[pointing.tabs[0]], pointing.header)
    return {
        remembered_name(name, place): role
        for place, (name, role) in enumerate(zip(names, pointing.roles, strict=False))
    }


def _remembered(one: Guess, name: str, place: int, memory: Mapping[str, str]) -> Guess:
    role = memory.get(remembered_name(name, place))
    return one if role is None or role not in all_roles() else Guess(role, "as_last_time")


def _alike(grid: Grid, at: int, header: int) -> list[int]:
    """Tabs with the same headings, wherever in the tab they stand."""
    if header < 0:
        return [at]
    wanted = _marks(grid.tabs[at], header)
    return [
        place for place, tab in enumerate(grid.tabs) if wanted and wanted <= _marks(tab, headings.find(tab))
    ]


def _marks(tab: Tab, header: int) -> set[str]:
    return {fold(name) for name in headings.headings(tab, header) if name} if header >= 0 else set()


def _where_the_class_stands(pointing: Pointing, grid: Grid, tab: Tab, rows: Sequence[Sequence[Cell]]) -> None:
    if "child.class" in pointing.roles:
        at = pointing.roles.index("child.class")
        names = [
            place for place, role in enumerate(pointing.roles) if role.startswith("child") and place != at
        ]
        children = [row for row in rows if any(one_line(row[place]) for place in names)]
        filled = sum(bool(one_line(row[at])) for row in children)
        first = bool(children) and bool(one_line(children[0][at]))
        pointing.class_why = "column"
        if first and filled < len(children) * SPARSE:
            pointing.fill_down, pointing.class_why = True, "fill_down"
        return
    titles = [
        cell for row in tab.rows[: max(pointing.header, 0)] for cell in dict.fromkeys(map(one_line, row))
    ]
    named = next((found for title in titles if (found := class_in(title))), "")
    if any(_is_a_heading_of_a_class(row) for row in rows):
        pointing.class_from, pointing.class_why = ROWS, "rows"
    elif len(pointing.tabs) > 1 or (not named and class_in(f"class {tab.name}") and _says_a_class(tab.name)):
        pointing.class_from, pointing.class_why = TAB, "tab"
    else:
        pointing.class_from, pointing.class_text = FIXED, named
        pointing.class_why = "title" if named else "nowhere"


def _says_a_class(name: str) -> bool:
    return any(sign.isdigit() for sign in name) and not fold(name).startswith(
        ("sheet", "tab", "hoja", "table")
    )


def class_in(title: str) -> str:
    """“Class 4A, list of 2026” names 4A: what stands behind the word for class; "" where there is no such word."""
    words = title.replace(":", " ").replace("–", " ").replace("(", " ").replace(",", " ").split()
    for place, word in enumerate(words[:-1]):
        if headings.hear(word).what == "class" and fold(word) not in {"year", "group", "form", "room"}:
            after = words[place + 1]
            joined = words[place + 1 : place + 3]
            if len(joined) == 2 and after.isdigit() and len(joined[1]) == 1 and joined[1].isalpha():
                return "".join(joined)
            return after if len(after) <= 6 else ""
    return ""


def _is_a_heading_of_a_class(row: Sequence[Cell]) -> bool:
    return bool(class_of_row(row))


def class_of_row(row: Sequence[Cell]) -> str:
    """The class that a row of one cell (“Class 5B”) opens for the rows below it; "" for any other row."""
    said = {words for cell in row if (words := one_line(cell))}
    return class_in(said.pop()) if len(said) == 1 else ""
