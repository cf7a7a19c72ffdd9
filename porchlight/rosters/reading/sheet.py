"""The families sheet: one row a child and an adult. Its header is found by likeness, its cells read word by word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from porchlight.rosters.reading.opening import open_bundle
from porchlight.rosters.reading.problems import Problem, Refused, Report, Severity
from porchlight.rosters.reading.sheet_cells import Cells, Entry
from porchlight.rosters.reading.sheet_words import BY_HEADER, heard
from porchlight.rosters.reading.spreadsheet import read_workbook
from porchlight.rosters.reading.table import MOST_COLUMNS, Row, read_rows
from porchlight.toolbox.inert import as_meant

NOTES = "notes"  # beside a sheet that was made of another: what was odd about that one
LOOK_FOR_HEADER = 10  # rows: a title may stand above


def read_sheet(path: Path, report: Report, country: str) -> Iterator[Entry]:
    """Every row that says who it is about. Raises Refused when this is no families sheet."""
    _take_notes(path.with_name(NOTES), report)
    rows = _rows(path, report)
    columns = _header(rows, path.name, report)
    for line, cells in rows:
        named = {name: _plain(cells[place]) for place, name in columns.items() if place < len(cells)}
        if any(named.values()):
            entry = Cells(path.name, _row(named) or line, named, report, country).entry()
            if entry is not None:
                yield entry


def _take_notes(path: Path, report: Report) -> None:
    if path.is_file():
        for kept in json.loads(path.read_text(encoding="utf-8")):
            report.note(Problem.from_stored(kept))


def _row(named: dict[str, str]) -> int:
    """The line of the sheet that this one was made from, where it was."""
    told = named.get("row", "")
    return int(told) if told.isascii() and told.isdigit() else 0


def _rows(path: Path, report: Report) -> Iterator[Row]:
    if path.suffix.lower() == ".xlsx":
        yield from read_workbook(path)
        return
    bundle = open_bundle(path, report)
    with bundle.open(path.name) as stream:
        yield from read_rows(stream, path.name, report)


def _header(rows: Iterator[Row], file: str, report: Report) -> dict[int, str]:
    """Place → field. The header is the first row that names a child and something about an adult."""
    for line, cells in rows:
        if line > LOOK_FOR_HEADER:
            break
        if len(cells) > MOST_COLUMNS:
            raise Refused("file.too_many_columns", file, line, most=MOST_COLUMNS)
        found = {place: BY_HEADER.get(heard(cell), "") for place, cell in enumerate(cells)}
        fields = set(found.values()) - {""}
        if fields & {"child", "child_id"} and fields & {"guardian", "relation", "phone", "whatsapp", "email"}:
            return _once(found, cells, file, line, report)
    raise Refused("sheet.no_header", file)


def _once(found: dict[int, str], cells: list[str], file: str, line: int, report: Report) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, name in found.items():
        if not name and cells[place].strip():
            report.add("sheet.unknown_column", Severity.NOTED, file, line, cells[place].strip()[:60])
        elif name in columns.values():
            report.add("schema.header_twice", Severity.GUESSED, file, line, cells[place].strip()[:60])
        elif name:
            columns[place] = name
    return columns


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from reading it as a formula."""
    return as_meant(" ".join(cell.split()))
