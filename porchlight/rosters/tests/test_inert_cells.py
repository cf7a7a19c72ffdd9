"""T18. What went out as text, so that no spreadsheet carries it out, comes back under the name it had."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from porchlight.rosters.reading.problems import Report
from porchlight.rosters.reading.sheet import read_sheet
from porchlight.rosters.tests.sheets_of_all_kinds import as_workbook, opened, read, told
from porchlight.toolbox.inert import inert, write_rows

NAMES = ["=HYPERLINK(A1)", "+Zoe", "-Ali", "@Sam", "＝Li", "＋Mei", "－Bo", "＠Wu", "O'Neill", "'Abd"]
ROWS = [[name, "4A", "Tariq Yousaf", f"030012345{number}0"] for number, name in enumerate(NAMES)]
HEADINGS = ["Name", "Class", "Father", "Phone"]


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_t18_through_any_sheet(tmp_path: Path, name: str) -> None:
    if name.endswith(".csv"):
        out = io.StringIO(newline="")
        write_rows(out, [HEADINGS, *ROWS])
        content = out.getvalue().encode()
        assert "\n'=HYPERLINK" in out.getvalue()
    else:
        content = as_workbook({"All": [HEADINGS, *([inert(cell) for cell in row] for row in ROWS)]})
    assert [row[0] for row in told(read(opened(content, tmp_path, name)))] == NAMES


def test_t18_through_the_families_sheet(tmp_path: Path) -> None:
    path = tmp_path / "families.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        write_rows(out, [["Child", "Class", "Adult", "Phone"], *([name, "4A", name, ""] for name in NAMES)])
    entries = list(read_sheet(path, Report(), "PK"))
    assert [(entry.child, entry.guardian) for entry in entries] == [(name, name) for name in NAMES]
