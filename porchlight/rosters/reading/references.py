"""Do the names rows give each other lead anywhere? A row that leans on a missing one cannot be taken."""

from __future__ import annotations

from itertools import groupby

from porchlight.rosters.reading.oneroster import Contents, Mode
from porchlight.rosters.reading.oneroster_files import REFERENCES, Reference
from porchlight.rosters.reading.problems import Report
from porchlight.rosters.reading.staging import Staging

# Whom a row speaks of, so that leaving it out leaves them as they are: at most two columns a file.
HOLDS = {
    "roles": ("userSourcedId", "orgSourcedId"),
    "enrollments": ("userSourcedId", "classSourcedId"),
    "relationships": ("relationshipUserSourcedId", "userSourcedId"),
}
KNOWN_TO_US = {"users", "classes", "academicSessions"}  # what earlier imports can answer for


def check_references(staging: Staging, contents: Contents, report: Report) -> None:
    """Every reference of every staged file, targets before those who name them."""
    staging.run("CREATE INDEX held_id ON held (file, id)")
    staging.run("CREATE INDEX known_id ON known (file, id)")
    staging.run("CREATE INDEX gone_id ON gone (file, id)")
    for file, references in groupby(REFERENCES, key=lambda reference: reference.file):
        if file not in contents.modes:
            continue
        for reference in references:
            if reference.column in staging.columns(file):
                _one(staging, contents, reference, report)
        staging.let_go(file, *HOLDS.get(file, ()))


def _one(staging: Staging, contents: Contents, reference: Reference, report: Report) -> None:
    target, cell = reference.target, f't."{reference.column}"'
    told = contents.modes.get(target)
    if told is not Mode.BULK and contents.changes_only and target not in KNOWN_TO_US:
        return  # a file of changes may speak of rows that were sent long ago
    if told is None and not (contents.changes_only and target in KNOWN_TO_US):
        staging.flag(
            report,
            "reference.missing_target_file",
            reference.missing,
            reference.file,
            reference.column,
            f"{cell} <> ''",
            target=f"{target}.csv",
        )
        return
    if reference.many:
        _many(staging, contents, reference, report)
    one = f"{cell} <> '' AND instr({cell}, ',') = 0" if reference.many else f"{cell} <> ''"
    _judge(staging, reference, f"{one} AND NOT {_there(told is not None, target, cell)}", cell, report)


def _there(staged: bool, target: str, cell: str) -> str:
    found = [
        f"EXISTS (SELECT 1 FROM known k WHERE k.file = '{target}' AND k.id = {cell})",
        f"EXISTS (SELECT 1 FROM gone g WHERE g.file = '{target}' AND g.id = {cell})",
    ]
    if staged:
        found.append(f'EXISTS (SELECT 1 FROM "{target}" o WHERE o."sourcedId" = {cell})')
    return f"({' OR '.join(found)})"


def _judge(staging: Staging, reference: Reference, missing: str, cell: str, report: Report) -> None:
    """Tell a row that never was from one that was left out above."""
    target = reference.target
    held = f"EXISTS (SELECT 1 FROM held h WHERE h.file = '{target}' AND h.id = {cell})"
    for code, where in (
        ("reference.left_out_target", f"{missing} AND {held}"),
        ("reference.missing_target_record", f"{missing} AND NOT {held}"),
    ):
        staging.flag(
            report, code, reference.missing, reference.file, reference.column, where, target=f"{target}.csv"
        )


def _many(staging: Staging, contents: Contents, reference: Reference, report: Report) -> None:
    """Several names in one cell, "a,b": few rows, so they are taken apart one by one."""
    cell, file = f't."{reference.column}"', f"{reference.file}.csv"
    listed = staging.run(
        f"SELECT t.line, {cell} FROM \"{reference.file}\" t WHERE instr({cell}, ',') > 0"
    ).fetchall()
    there = _there(reference.target in contents.modes, reference.target, "?1")
    for line, names in listed:
        for name in filter(None, (part.strip() for part in names.split(","))):
            if not staging.value(f"SELECT {there}", [name]):
                report.add(
                    "reference.missing_target_record",
                    reference.missing,
                    file,
                    line,
                    reference.column,
                    name,
                    target=f"{reference.target}.csv",
                )
