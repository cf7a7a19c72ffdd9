"""A workbook as tabs. Looked over here, read in a program of its own: a file made to do harm ends only that."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from porchlight.rosters.anysheet import read_apart
from porchlight.rosters.anysheet.grid import LONGEST, MOST_ROWS, Cell, Tab, squared
from porchlight.rosters.anysheet.read_apart import DAMAGED, LARGEST_ANSWER, MOST_CELLS
from porchlight.rosters.anysheet.turns import NoTurn, turn
from porchlight.rosters.reading.archive import look_over
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.reading.spreadsheet import look_inside
from porchlight.toolbox.apart import TookTooLong, run
from porchlight.toolbox.inert import as_meant

PATIENCE = 30  # seconds by the clock; it may compute for fewer
REFERENCE = re.compile(rb"""<(?:\w{1,20}:)?c\s[^<>]{0,200}?\br\s?=\s?["']([A-Z]{1,3})([0-9]{1,7})["']""")


def tabs_of(path: Path) -> list[Tab]:
    """Every tab that can be seen and holds anything. Raises Refused."""
    try:
        with turn():
            return _read(path)
    except NoTurn:
        raise Refused("any.busy", path.name) from None


def _read(path: Path) -> list[Tab]:
    look_inside(path)
    try:
        _must_fit(path)
    except (OSError, ValueError, ElementTree.ParseError):
        raise Refused("package.damaged_zip", path.name) from None
    with path.open("rb") as file, tempfile.TemporaryFile() as answer:
        try:
            ended = run(
                Path(read_apart.__file__),
                str(LONGEST),
                given=file,
                answer=answer,
                largest=LARGEST_ANSWER,
                patience=PATIENCE,
            )
        except TookTooLong:
            raise Refused("any.too_large", path.name, most=MOST_ROWS) from None
        if ended == DAMAGED:
            raise Refused("package.damaged_zip", path.name)
        if ended != 0 or answer.seek(0, io.SEEK_END) > LARGEST_ANSWER:
            raise Refused("any.too_large", path.name, most=MOST_ROWS)
        answer.seek(0)
        return [tab for tab in _tabs(answer) if tab.rows]


def _tabs(answer: Iterable[bytes]) -> Iterable[Tab]:
    name, rows = "", list[list[Cell]]()
    for line in answer:
        match json.loads(line):
            case str(said):
                name, rows = said, []
            case list(cells):
                rows.append([as_meant(cell) if isinstance(cell, str) else cell for cell in cells])
            case {"joined": joined}:
                yield Tab(name, squared(rows), [(row, place) for row, place in joined])


def _must_fit(path: Path) -> None:
    """The reader keeps everything from the first to the last cell in memory: what is vast is refused before."""
    with look_over(path) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                rows, wide = _furthest(archive.read(entry))
            elif entry.filename == "content.xml":
                rows, wide = _repeated(io.BytesIO(archive.read(entry)))
            else:
                continue
            if rows * wide > MOST_CELLS or rows > MOST_ROWS * 10:
                raise Refused("any.too_large", path.name, most=MOST_ROWS)


def _furthest(content: bytes) -> tuple[int, int]:
    """(rows, columns) of a tab of an XLSX."""
    rows = wide = 0
    for found in REFERENCE.finditer(content):
        rows, wide = max(rows, int(found[2])), max(wide, _number(found[1]))
    return rows, wide


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
        if row.tag == f"{table}table":
            rows = 0
        if row.tag != f"{table}table-row":
            continue
        rows += int(row.get(f"{table}number-rows-repeated", "1"))
        place = last = 0
        for cell in row:
            place += int(cell.get(f"{table}number-columns-repeated", "1"))
            if cell.get(kind):
                last = place
        if last:
            most, wide = max(most, rows), max(wide, last)
        row.clear()
    return most, wide
