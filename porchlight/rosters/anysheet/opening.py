"""A file or pasted cells as a grid. What it is shows in its bytes, not in its name."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from pathlib import Path

from porchlight.rosters.anysheet.grid import LONGEST, MOST_COLUMNS, MOST_ROWS, Cell, Grid, Tab, squared
from porchlight.rosters.anysheet.workbooks import tabs_of
from porchlight.rosters.reading.problems import Refused
from porchlight.toolbox.inert import as_meant

LARGEST_TEXT = 4 << 20  # bytes
SEPARATORS = "\t;,|"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def open_sheet(path: Path) -> Grid:
    """Every tab that holds anything. Raises Refused, with what to do, for what is no sheet."""
    with path.open("rb") as file:
        head = file.read(2048)
    if head.startswith(b"PK"):
        return _checked(Grid(tabs_of(path)), path.name)
    if head.startswith(OLD_EXCEL):
        raise Refused("any.old_workbook", path.name)
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise Refused("any.picture", path.name)
    if head.lstrip()[:1] == b"<":
        raise Refused("any.web_page", path.name)
    if path.stat().st_size > LARGEST_TEXT:
        raise Refused("any.too_large", path.name, most=MOST_ROWS)
    return open_text(path.read_bytes(), path.name)


def open_text(raw: bytes, name: str) -> Grid:
    """Cells parted by tabs, commas, semicolons or bars. Raises Refused."""
    words, encoding = _decoded(raw)
    first, _, rest = words.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, words = first.strip()[4], rest
    else:
        separator = _separator(words)
    csv.field_size_limit(LARGEST_TEXT)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(words, newline=""), delimiter=separator):
            rows.append([as_meant(cell.replace("\r\n", "\n").strip())[:LONGEST] for cell in row])
            if len(rows) > MOST_ROWS + 200:
                break
    except csv.Error:
        raise Refused("any.unreadable", name) from None
    return _checked(Grid([Tab("", squared(rows))], encoding), name)


def _decoded(raw: bytes) -> tuple[str, str]:
    """(the words, "" or the code page that was guessed): UTF-8 and UTF-16 say so themselves."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        found, guessed = raw.decode("utf-16", errors="replace"), ""
    elif len(raw) > 3 and raw[1::2][:200].count(0) > len(raw[:400]) // 4:
        found, guessed = raw.decode("utf-16-le", errors="replace"), ""
    else:
        try:
            found, guessed = raw.decode("utf-8-sig"), ""
        except UnicodeDecodeError:
            # Old Windows: the letters between a and z say nothing, the others either look Arabic or Western.
            arabic = raw.decode("cp1256", errors="replace")
            letters = Counter(unicodedata.name(one, "")[:6] for one in arabic if not one.isascii())
            guessed = "cp1256" if letters["ARABIC"] * 2 > letters.total() else "cp1252"
            found = raw.decode(guessed, errors="replace")
    found = found.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", found), guessed


def _separator(words: str) -> str:
    """The one that parts most lines into the same number of cells, more than one."""
    lines = [line for line in words.split("\n")[:200] if line.strip()]

    def steady(mark: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
        return max(((times, width) for width, times in counts.items()), default=(0, 0))

    return max(SEPARATORS, key=steady)


def _checked(grid: Grid, name: str) -> Grid:
    if not any(tab.rows for tab in grid.tabs):
        raise Refused("any.empty", name)
    for tab in grid.tabs:
        if tab.width > MOST_COLUMNS:
            raise Refused("file.too_many_columns", name, most=MOST_COLUMNS)
        if len(tab.rows) > MOST_ROWS:
            raise Refused("any.too_large", name, most=MOST_ROWS)
    return grid
