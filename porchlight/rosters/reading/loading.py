"""Fills staging from one CSV file of a bundle: header matched, rows squared, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from porchlight.rosters.reading.headers import find_columns
from porchlight.rosters.reading.opening import Bundle
from porchlight.rosters.reading.pouring import Pouring
from porchlight.rosters.reading.problems import Refused, Report, Severity
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.reading.table import Row, read_rows

EMPTY = -2  # the place of a column that the file does not have


def load_file(
    bundle: Bundle,
    staging: Staging,
    file: str,
    *,
    table: str,
    standard: Sequence[str],
    wanted: Mapping[str, str],
    aliases: Mapping[str, str] | None = None,
    most_rows: int | None = None,
) -> bool:
    """Stage the wanted columns (file's name → ours) of a file. False when it cannot be read; the report says why.

    `most_rows` stops early with a note, for files that are only checked.
    """
    report = bundle.report
    try:
        with bundle.open(file) as stream:
            rows = read_rows(stream, file, report)
            header = next(rows, None)
            if header is None:
                raise Refused("file.empty", file)
            found = find_columns(header[1], list(standard), file, report, aliases=aliases)
            if "sourcedId" in standard and "sourcedId" not in found.at:
                raise Refused("schema.no_id_column", file, 1)
            staging.create(table, list(wanted.values()))
            places = {ours: found.at.get(name, EMPTY) for name, ours in wanted.items()}
            Pouring(staging, table, places).pour(_squared(rows, found.width, file, report, most_rows))
    except Refused as refusal:
        if staging.has(table):
            staging.run(f'DROP TABLE "{table}"')
        report.add_problem(refusal.problem)
        return False
    return True


def _squared(
    rows: Iterator[Row], width: int, file: str, report: Report, most_rows: int | None
) -> Iterator[list[Any]]:
    """Rows as wide as the header, each with an empty cell and its line behind."""
    left = most_rows
    for line, cells in rows:
        if len(cells) != width and not _fit(cells, width, file, line, report):
            continue
        if left is not None:
            left -= 1
            if left < 0:
                report.add("file.only_checked_so_far", Severity.NOTED, file, line)
                return
        yield [*cells, "", line]


def _fit(cells: list[str], width: int, file: str, line: int, report: Report) -> bool:
    """Pad a short row; cut empty cells off a long one. A long one with words in it has slipped: leave it out."""
    if not any(cells):
        return False
    if len(cells) < width:
        if len(cells) == 1:  # a footer such as "End of file"
            report.add("row.too_short", Severity.LEFT_OUT, file, line)
            return False
        cells.extend([""] * (width - len(cells)))
        report.add("row.padded", Severity.GUESSED, file, line)
        return True
    if any(cell.strip() for cell in cells[width:]):
        report.add("row.too_long", Severity.LEFT_OUT, file, line)
        return False
    del cells[width:]
    return True
