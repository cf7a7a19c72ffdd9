"""Rows out of an XLSX file, with the same limits as a CSV file: it is a zip of XML, so both are looked over first."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from porchlight.rosters.reading.archive import look_over
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.reading.table import Row

LARGEST = 40 << 20  # bytes unpacked, a hundred thousand families
MOST_ROWS = 200_000
WIDEST = 60  # cells; the sheet has thirty columns


def read_workbook(path: Path) -> Iterator[Row]:
    """(line, cells as text) of the first sheet with anything in it. Raises Refused."""
    look_inside(path)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl does not draw: charts, print settings
        try:
            # Opened here: of what it cannot read, openpyxl leaves the file open.
            with (
                path.open("rb") as file,
                closing(load_workbook(file, read_only=True, data_only=True)) as book,
            ):
                yield from _rows(book)
        except Refused:
            raise
        except Exception:  # openpyxl raises whatever its parsers do; to the reader it is one thing
            raise Refused("package.damaged_zip", path.name) from None


def _rows(book: Any) -> Iterator[Row]:
    for sheet in book.worksheets:
        found = False
        for line, cells in enumerate(
            sheet.iter_rows(max_row=MOST_ROWS, max_col=WIDEST, values_only=True), start=1
        ):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                found = True
                yield line, texts
        if found:
            return


def _text(cell: object) -> str:
    """A cell as somebody typed it; a number keeps no `.0` and a day is written 2026-09-01."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case time():
            return cell.strftime("%H:%M")
    return str(cell).strip()


def look_inside(path: Path) -> None:
    """Its directory is checked like any zip's; its XML may declare no entities, which is how small files grow."""
    with look_over(path) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST:
            raise Refused("package.too_large", path.name, most=LARGEST >> 20)
        for entry in entries:
            if not entry.filename.endswith((".xml", ".rels")):
                continue
            try:
                content = archive.read(entry)
            except Exception:  # zipfile raises many kinds for damaged bytes
                raise Refused("package.damaged_file", entry.filename) from None
            if any(mark in content for mark in (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"))):
                raise Refused("package.bomb", entry.filename)
