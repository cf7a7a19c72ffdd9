"""A file or pasted cells as a grid. What it is shows in its bytes, not in its name."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from porchlight.rosters.anysheet.grid import LONGEST, MOST_COLUMNS, MOST_ROWS, Cell, Grid, Tab, squared
from porchlight.rosters.reading.archive import look_over
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.reading.spreadsheet import look_inside

LARGEST_TEXT = 4 << 20  # bytes
MOST_CELLS = 2_000_000  # in the box around everything: a stray mark in the last corner of a tab makes it vast
SEPARATORS = "\t;,|"
REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def open_sheet(path: Path) -> Grid:
    """Every tab that holds anything. Raises Refused, with what to do, for what is no sheet."""
    with path.open("rb") as file:
        head = file.read(2048)
    if head.startswith(b"PK"):
        return _workbook(path)
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
            rows.append([cell.replace("\r\n", "\n").strip()[:LONGEST] for cell in row])
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


def _workbook(path: Path) -> Grid:
    look_inside(path)
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    try:
        _must_fit(path)
        with closing(load_workbook(path)) as book:
            visible = [
                sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible
            ]
            tabs = [_tab(book.get_sheet_by_name(name)) for name in visible]
    except (CalamineError, OSError, ValueError, ElementTree.ParseError):
        raise Refused("package.damaged_zip", path.name) from None
    return _checked(Grid([tab for tab in tabs if tab.rows]), path.name)


def _must_fit(path: Path) -> None:
    """The reader keeps everything from the first to the last cell in memory: what is vast is refused before."""
    with look_over(path) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                found = REFERENCE.findall(archive.read(entry))
                rows = max((int(row) for _, row in found), default=0)
                wide = max((_number(column) for column, _ in found), default=0)
            elif entry.filename == "content.xml":
                rows, wide = _repeated(io.BytesIO(archive.read(entry)))
            else:
                continue
            if rows * wide > MOST_CELLS or rows > MOST_ROWS * 10:
                raise Refused("any.too_large", path.name, most=MOST_ROWS)


def _number(column: bytes) -> int:
    place = 0
    for sign in column:
        place = place * 26 + sign - 64
    return place


def _repeated(content: io.BytesIO) -> tuple[int, int]:
    """(rows, columns) of an ODS, which may say of one cell that it is there a million times."""
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    kind = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
    rows = most = wide = 0
    for _, row in ElementTree.iterparse(content):  # noqa: S314 - look_inside refused whatever declares entities
        if row.tag != f"{table}table-row":
            continue
        cells = [cell for cell in row if cell.get(kind)]
        if cells:
            rows += int(row.get(f"{table}number-rows-repeated", "1"))
            width = sum(int(cell.get(f"{table}number-columns-repeated", "1")) for cell in cells)
            most, wide = max(most, rows), max(wide, width)
        row.clear()
    return most, wide


def _tab(sheet: Any) -> Tab:
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    joined = []
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for place in range(left, min(right, len(rows[row]) - 1) + 1):
                if (row, place) != (top, left):
                    rows[row][place] = rows[top][left]
                    joined.append((row, place))
    return Tab(str(sheet.name), squared(rows), joined)


def _cell(value: object) -> Cell:
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return int(value)
        case float() | int():
            return value
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
    return unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").strip()[:LONGEST]


def _checked(grid: Grid, name: str) -> Grid:
    if not any(tab.rows for tab in grid.tabs):
        raise Refused("any.empty", name)
    for tab in grid.tabs:
        if tab.width > MOST_COLUMNS:
            raise Refused("file.too_many_columns", name, most=MOST_COLUMNS)
        if len(tab.rows) > MOST_ROWS:
            raise Refused("any.too_large", name, most=MOST_ROWS)
    return grid
