"""A sheet as rows of cells, whatever it came in; kept in a small file beside the upload until it is taken or left."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

type Cell = str | int | float

MOST_ROWS = 5_000  # of one tab: a school with three thousand children
MOST_COLUMNS = 80
LONGEST = 400  # characters of a cell; names, numbers and addresses are shorter
BLANK = re.compile(r"\s+")


@dataclass(slots=True)
class Tab:
    """One tab of a workbook, or everything a text file holds. Rows are of one length."""

    name: str
    rows: list[list[Cell]]
    joined: list[tuple[int, int]] = field(
        default_factory=list
    )  # cells filled from the joined cell they belong to

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.rows[0]) if self.rows else 0


@dataclass(slots=True)
class Grid:
    """Every tab with anything in it."""

    tabs: list[Tab]
    encoding: str = ""  # of a text file whose letters had to be guessed


def text(cell: Cell) -> str:
    """A cell as somebody would read it, on one line. A number that is not exact shows it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return str(cell)
    return repr(cell)


def lines_of(cell: Cell) -> list[str]:
    """A cell's own lines, each without spaces around it."""
    return [line for part in text(cell).split("\n") if (line := BLANK.sub(" ", part).strip())]


def one_line(cell: Cell) -> str:
    """All of a cell on one line."""
    return " ".join(lines_of(cell))


def squared(rows: Iterable[list[Cell]]) -> list[list[Cell]]:
    """Rows of one length, without the empty ones and columns at the end."""
    kept = [list(row) for row in rows]
    while kept and not any(one_line(cell) for cell in kept[-1]):
        kept.pop()
    width = max((place + 1 for row in kept for place, cell in enumerate(row) if one_line(cell)), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in kept]


def store(grid: Grid, path: Path) -> None:
    """Keep it."""
    path.write_text(json.dumps(asdict(grid), ensure_ascii=False), encoding="utf-8")


def load(path: Path) -> Grid:
    """What `store` kept. Raises FileNotFoundError once it was taken or left."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    tabs = [
        Tab(tab["name"], tab["rows"], [(row, place) for row, place in tab["joined"]]) for tab in kept["tabs"]
    ]
    return Grid(tabs, kept["encoding"])


def letter(place: int) -> str:
    """What spreadsheets call a column: A, B, … AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
