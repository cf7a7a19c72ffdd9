"""Small workbooks that grow without end when they are opened: refused in words, by a server that goes on."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from porchlight.rosters.anysheet import read_apart, turns, workbooks
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.tests.hostile_sheets import PLAIN, ROW
from porchlight.rosters.tests.sheets_of_all_kinds import as_workbook, opened

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</worksheet>'
)
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{}</t></si></sst>'
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ODS = (
    f'<office:document-content xmlns:office="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0"'
    f' xmlns:text="{OFFICE}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
    '<table:table table:name="All">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
FILLED = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
NOTHING = '<table:table-cell table:number-columns-repeated="{}"/>'


def xlsx(sheet: str, strings: str | None = None) -> bytes:
    parts = {"xl/worksheets/sheet1.xml": SHEET.format(sheet)}
    return packed(parts if strings is None else {**parts, "xl/sharedStrings.xml": STRINGS.format(strings)})


def packed(parts: Mapping[str, str]) -> bytes:
    """A workbook of one tab with these parts in place of its own."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(as_workbook({"All": [["a"]]}))) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def ods(rows: str) -> bytes:
    manifest = f'<m:manifest xmlns:m="{OFFICE}:manifest:1.0"/>'
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", ODS.format(rows))
        book.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def in_two_corners(attribute: str) -> str:
    far = f'<row r="1048576"><c {attribute}r="XFD1048576"><v>1</v></c></row>'
    return f'<row r="1"><c r="A1"><v>1</v></c></row>{far}</sheetData>'


def one_long_text_in_many_cells() -> bytes:
    row = "".join(f'<c r="{column}{{0}}" t="s"><v>0</v></c>' for column in "ABCDEFGH")
    rows = "".join(f'<row r="{line}">{row.format(line)}</row>' for line in range(1, 5_001))
    return xlsx(f"{rows}</sheetData>", "x" * 30_000)


def joined_again_and_again() -> bytes:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4000"><c r="CA4000"><v>1</v></c></row></sheetData>'
    )
    return xlsx(f"{cells}<mergeCells>{'<mergeCell ref="A1:CA4000"/>' * 20_000}</mergeCells>")


def empty_before_each() -> bytes:
    return ods(f"<table:table-row>{NOTHING.format(16_000)}{FILLED}</table:table-row>" * 3_000)


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a cell in the last corner": (lambda: xlsx(in_two_corners('s="0" ')), "a.xlsx"),
    "a cell in the last corner, well hidden": (lambda: xlsx(in_two_corners(" " * 250)), "a.xlsx"),
    "one long text in many cells": (one_long_text_in_many_cells, "a.xlsx"),
    "joined again and again": (joined_again_and_again, "a.xlsx"),
    "empty cells before each that is filled": (empty_before_each, "a.ods"),
}


@pytest.mark.parametrize(("made", "name"), BOMBS.values(), ids=BOMBS)
def test_it_is_refused_in_words(made: Callable[[], bytes], name: str, tmp_path: Path) -> None:
    content = made()
    assert len(content) < 100_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused) as refusal:
        opened(content, tmp_path, name)
    assert refusal.value.problem.code == "any.too_large"
    if sys.platform == "linux":  # in KiB
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10


def test_what_never_ends_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "PATIENCE", 0)
    with pytest.raises(Refused) as refusal:
        opened(as_workbook({"All": [PLAIN, ROW]}), tmp_path, "a.xlsx")
    assert refusal.value.problem.code == "any.too_large"


def test_so_many_are_read_at_once_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0)
    content = as_workbook({"All": [PLAIN, ROW]})
    with ExitStack() as others:
        for _number in range(turns.AT_ONCE - 1):
            others.enter_context(turns.turn())
        assert opened(content, tmp_path, "a.xlsx").tabs
        others.enter_context(turns.turn())
        with pytest.raises(Refused) as refusal:
            opened(content, tmp_path, "a.xlsx")
        assert refusal.value.problem.code == "any.busy"
        monkeypatch.setattr(turns, "PATIENCE", 30)
        threading.Timer(0.1, others.close).start()
        assert opened(content, tmp_path, "a.xlsx").tabs  # who waits gets a turn


def test_empty_cells_without_end_after_the_last_one_harm_nobody(tmp_path: Path) -> None:
    rest = f'<table:table-row table:number-rows-repeated="1048000">{NOTHING.format(16_000)}</table:table-row>'
    grid = opened(
        ods(f"<table:table-row>{FILLED}{NOTHING.format(16_000)}</table:table-row>{rest}"), tmp_path, "a.ods"
    )
    assert [tab.rows for tab in grid.tabs] == [[["a"]]]


def test_what_reads_it_has_none_of_our_packages_to_load() -> None:
    code = f"import runpy, sys; runpy.run_path({read_apart.__file__!r}); print(*sys.modules)"
    seen = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert not {"porchlight", "django", "python_calamine"} & set(seen.stdout.split())
