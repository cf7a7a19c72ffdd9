"""A program of its own that reads a workbook from its input, so that a file made to do harm ends only this.

Started by `toolbox.apart`, without our packages. Answers with lines of JSON: a tab's name, each row, the joined cells.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

MOST_CELLS = 2_000_000  # in the box around everything: a stray mark in the last corner of a tab makes it vast
MOST_JOINED = 200_000  # cells that take over what stands in the first of those joined with them
LARGEST_ANSWER = 16 << 20  # bytes: the largest school's sheet is a tenth of it
DAMAGED = 3  # how it ends when the file is no workbook; any other way to end early: it is too large

type Value = str | int | float


def prepare() -> None:
    """Everything it needs, before the door is shut."""
    import python_calamine  # noqa: F401 - loaded now, used by main()


def main(longest: str) -> None:
    """Each cell is cut to `longest` letters."""
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(BytesIO(sys.stdin.buffer.read()))
        for about in book.sheets_metadata:
            if about.visible is SheetVisibleEnum.Visible:
                for part in _parts(book.get_sheet_by_name(about.name), int(longest)):
                    sys.stdout.buffer.write(json.dumps(part, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()
    except (CalamineError, ValueError):
        sys.exit(DAMAGED)


def _parts(sheet: Any, longest: int) -> Iterator[str | list[Value] | dict[str, list[tuple[int, int]]]]:
    """The tab's name, its rows without the empty cells at their ends, and which cells were filled."""
    bottom, right = sheet.end or (0, 0)
    if (bottom + 1) * (right + 1) > MOST_CELLS:
        raise MemoryError
    rows = [[as_cell(value, longest) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    joined = list(_joined(rows, sheet.merged_cell_ranges or ()))
    yield str(sheet.name)
    for row in rows:
        while row and row[-1] == "":
            row.pop()
        yield row
    yield {"joined": joined}


def _joined(rows: list[list[Value]], ranges: Any) -> Iterator[tuple[int, int]]:
    """Fills what is joined with what stands in its first cell."""
    left_over = MOST_JOINED
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            end = min(right, len(rows[row]) - 1) + 1
            left_over -= max(end - left, 1)
            if left_over < 0:
                raise MemoryError
            for place in range(left, end):
                if (row, place) != (top, left):
                    rows[row][place] = rows[top][left]
                    yield row, place


def as_cell(value: object, longest: int) -> Value:
    """As somebody would type it."""
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
    return unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").strip()[:longest]
