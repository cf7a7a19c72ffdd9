"""Cells of a sheet that goes out: nothing in them is a formula to the program that opens it.

A name such as `=HYPERLINK(…)` would be carried out on the school's own computer. The apostrophe in front is what people
type themselves to say "this is text"; our imports take it away again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Protocol

STARTS = "=+-@\t\r\n＝＋－＠"  # the last four as Chinese and Japanese keyboards write them
MARK = "'"


class Writes(Protocol):
    """A file or an answer that text is written to."""

    def write(self, text: str, /) -> object: ...


def inert(cell: str) -> str:
    """As it may stand in a sheet."""
    return MARK + cell if cell[:1] and cell.lstrip(MARK)[:1] in {*STARTS} else cell


def as_meant(cell: str) -> str:
    """As it was, before `inert` or somebody's own hand put a mark in front."""
    return cell[1:] if cell.startswith(MARK) and cell.lstrip(MARK)[:1] in {*STARTS} else cell


def write_rows(out: Writes, rows: Iterable[Iterable[str]]) -> None:
    """Rows as CSV. Every sheet that leaves is written here."""
    csv.writer(out).writerows([inert(cell) for cell in row] for row in rows)
