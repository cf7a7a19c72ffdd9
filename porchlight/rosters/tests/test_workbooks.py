"""A families sheet as an office keeps it: cells of every sort come out as somebody typed them, traps do not open."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.reading.spreadsheet import read_workbook


def saved(path: Path, *rows: list[object]) -> Path:
    """A workbook whose first sheet is empty, as the first sheet often is."""
    book = Workbook()
    sheet = book.create_sheet("Families")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The workbook with one of its parts put in another's place."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for entry, kept in {**parts, name: content}.items():
            archive.writestr(entry, kept)
    return path


def test_cells_come_out_as_somebody_typed_them(tmp_path: Path) -> None:
    cells = [
        " Hamza ",
        7,
        7.0,
        2.5,
        True,
        False,
        None,
        date(2026, 9, 1),
        datetime(2026, 9, 1, 8, 30),
        time(15, 10),
    ]
    path = saved(tmp_path / "families.xlsx", cells, [None] * 3, ["last"])
    rows = [(line, [text for text in texts if text]) for line, texts in read_workbook(path)]
    assert rows == [
        (1, ["Hamza", "7", "7", "2.5", "yes", "no", "2026-09-01", "2026-09-01 08:30:00", "15:10"]),
        (3, ["last"]),
    ]


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        ("xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row", "package.damaged_zip"),
        ("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>', "package.bomb"),
        ("xl/sharedStrings.xml", "<!DOCTYPE x><sst/>".encode("utf-16-le"), "package.bomb"),
    ],
)
def test_what_is_damaged_or_meant_to_grow_is_refused(
    tmp_path: Path, part: str, content: bytes, code: str
) -> None:
    path = with_part(saved(tmp_path / "families.xlsx", ["Hamza"]), part, content)
    with pytest.raises(Refused) as refusal:
        list(read_workbook(path))
    assert refusal.value.problem.code == code


def test_what_is_no_workbook_at_all_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "families.xlsx"
    path.write_bytes(b"Child,Adult\nHamza,Mr Yousaf\n")
    with pytest.raises(Refused):
        list(read_workbook(path))
