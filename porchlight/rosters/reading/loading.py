"""Fills staging from one CSV file of a bundle: header matched, rows squared, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import batched

from porchlight.rosters.reading.headers import find_columns
from porchlight.rosters.reading.oneroster_files import NAMED
from porchlight.rosters.reading.opening import Bundle
from porchlight.rosters.reading.pouring import Block, Pouring
from porchlight.rosters.reading.problems import Refused, Report, Severity
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.reading.table import Row, read_rows

AT_ONCE = 1_024  # rows


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
            staging.create(table, list(wanted.values()), NAMED.get(table, {}))
            places = {ours: found.at[name] for name, ours in wanted.items() if name in found.at}
            missing = [ours for name, ours in wanted.items() if name not in found.at]
            Pouring(staging, table, places, missing).pour(
                _squared(rows, found.width, file, report, most_rows)
            )
    except Refused as refusal:
        if staging.has(table):
            staging.run(f'DROP TABLE "{table}"')
        report.add_problem(refusal.problem)
        return False
    return True


def _squared(
    rows: Iterator[Row], width: int, file: str, report: Report, most_rows: int | None
) -> Iterator[Block]:
    """Blocks of rows as wide as the header."""
    left = most_rows
    for some in batched(rows, AT_ONCE):
        lines, cells = zip(*some, strict=True)
        if set(map(len, cells)) != {width}:
            kept = [row for row in some if len(row[1]) == width or _fit(row[1], width, file, row[0], report)]
            if not kept:
                continue
            lines, cells = zip(*kept, strict=True)
        if left is not None:
            if len(lines) > left:
                report.add("file.only_checked_so_far", Severity.NOTED, file, lines[left])
                if left:
                    yield lines[:left], cells[:left]
                return
            left -= len(lines)
        yield lines, cells


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
