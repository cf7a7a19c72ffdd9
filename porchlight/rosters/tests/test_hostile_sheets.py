"""Sheets as offices really have them: each is read as it was meant, or the office is asked. Never guessed in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from porchlight.rosters.anysheet.pointing import first_guess
from porchlight.rosters.anysheet.saying import mark
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.tests.hostile_sheets import CASES, PLAIN, ROW, Case, text
from porchlight.rosters.tests.sheets_of_all_kinds import as_workbook, opened, read, told


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 25


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_read_as_it_was_meant_or_asked_about(case: Case, tmp_path: Path) -> None:
    grid = opened(case.content, tmp_path, case.name)
    pointing = first_guess(grid)
    woven = read(grid, pointing=pointing, answers=case.answers)
    assert told(woven) == case.rows
    refused = {odd.code for odd in woven.reading.refused} | {one.kind for one in woven.asked}
    assert refused == case.refused
    assert {odd.code for odd in woven.reading.otherwise} == case.otherwise
    assert len(woven.reading.skipped) == case.skipped
    assert pointing.missing == case.missing


def test_a_second_child_with_a_stroke_in_the_name_keeps_its_own_number(tmp_path: Path) -> None:
    heads = ["Roll No", *PLAIN, "Child 2 Name", "Child 2 Class", "Child 2 Roll No"]
    grid = opened(text(heads, [1, *ROW, "Zara / Gul", "2B", 2]), tmp_path)
    woven = read(grid, answers={mark("children", "Zara / Gul"): "one"})
    [line] = woven.reading.lines
    assert [(child.name, child.number) for child in line.children] == [
        ("Hamza Yousaf", "1"),
        ("Zara / Gul", "2"),
    ]
    [refused] = woven.reading.refused
    assert refused.heading == "Child 2 Name"


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "list.xls", "any.old_workbook"),
    "a page that calls itself a workbook": (lambda: b"<html><table></table></html>", "list.xls", "any.web_page"),
    "a PDF": (lambda: b"%PDF-1.7 ...", "list.pdf", "any.picture"),
    "a zip of anything": (lambda: b"PK\x03\x04 and no more", "list.xlsx", "package.not_a_zip"),
    "nothing": (lambda: b"\n \n", "list.csv", "any.empty"),
    "far too many rows": (lambda: b"a,b\n" * 6_000, "list.csv", "any.too_large"),
    "a mark in the last corner of a tab": (
        lambda: as_workbook({"All": [PLAIN, ROW]}, joined=[]),
        "far.xlsx",
        "any.too_large",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_sheet_is_refused_in_words(
    content: Callable[[], bytes], name: str, code: str, tmp_path: Path
) -> None:
    made = content()
    if name == "far.xlsx":
        made = with_a_far_cell(made, tmp_path)
    with pytest.raises(Refused) as refusal:
        opened(made, tmp_path, name)
    assert refusal.value.problem.code == code
    assert str(refusal.value).endswith(".")


def with_a_far_cell(book: bytes, folder: Path) -> bytes:
    """A cell at XFD1048576, which a reader that keeps the box around everything could not hold."""
    source, target = folder / "near.xlsx", folder / "further.xlsx"
    source.write_bytes(book)
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry.startswith("xl/worksheets/"):
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", far)
            new.writestr(entry, content)
    return target.read_bytes()
