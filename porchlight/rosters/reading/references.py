"""Do the names rows give each other lead anywhere? A row that leans on a missing one cannot be taken."""

from __future__ import annotations

from itertools import groupby

from porchlight.rosters.reading.oneroster import Contents, Mode
from porchlight.rosters.reading.oneroster_files import REFERENCES, Reference
from porchlight.rosters.reading.problems import Report
from porchlight.rosters.reading.rules import Rule, Walk
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.reading.whose import each_name, look_up, look_up_agents

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
        columns = staging.columns(file)
        whole = look_up(staging, contents, file)
        if file == "users" and look_up_agents(staging, contents):
            whole.add("agentSourcedIds")
        asked = [one for one in references if one.column in columns and not _answered(contents, one.target)]
        missing = {one.column: _missing(contents, one) for one in asked if one.column not in whole}
        # One walk finds what leads nowhere; why, is asked for those rows alone.
        walk = Walk(staging, file, missing.values())
        for reference in asked:
            if reference.column not in missing:
                continue
            if reference.many:
                _many(staging, contents, reference, report)
            if missing[reference.column].where in walk.broken:
                _judge(staging, contents, reference, missing[reference.column], report)
        staging.let_go(file, *HOLDS.get(file, ()))


def _answered(contents: Contents, target: str) -> bool:
    """A file of changes may speak of rows that were sent long ago."""
    told = contents.modes.get(target)
    return told is not Mode.BULK and contents.changes_only and target not in KNOWN_TO_US


def _nowhere(contents: Contents, target: str) -> bool:
    """Nothing could answer: the target's file is not in the bundle."""
    return target not in contents.modes and not (contents.changes_only and target in KNOWN_TO_US)


def _missing(contents: Contents, reference: Reference) -> Rule:
    """What holds for a row whose name leads nowhere. Several in one cell are looked at by `_many`."""
    target, cell = reference.target, f't."{reference.column}"'
    details = {"target": f"{target}.csv"}
    if _nowhere(contents, target):
        code, where = "reference.missing_target_file", f"{cell} <> ''"
    else:
        one = f"{cell} <> '' AND instr({cell}, ',') = 0" if reference.many else f"{cell} <> ''"
        code, where = "reference.missing_target_record", f"{one} AND NOT {_there(contents, target, cell)}"
    return Rule(code, reference.missing, reference.column, where, details=details)


def _there(contents: Contents, target: str, cell: str) -> str:
    found = (
        [f'EXISTS (SELECT 1 FROM "{target}" o WHERE o."sourcedId" = {cell})']
        if target in contents.modes
        else []
    )
    found += [
        f"EXISTS (SELECT 1 FROM known k WHERE k.file = '{target}' AND k.id = {cell})",
        f"EXISTS (SELECT 1 FROM gone g WHERE g.file = '{target}' AND g.id = {cell})",
    ]
    return f"({' OR '.join(found)})"


def _judge(staging: Staging, contents: Contents, reference: Reference, missing: Rule, report: Report) -> None:
    """Tell a row that never was from one that was left out above."""
    cases = [(missing.code, missing.where)]
    if not _nowhere(contents, reference.target):
        cell = f't."{reference.column}"'
        held = f"EXISTS (SELECT 1 FROM held h WHERE h.file = '{reference.target}' AND h.id = {cell})"
        cases = [
            ("reference.left_out_target", f"{missing.where} AND {held}"),
            (missing.code, f"{missing.where} AND NOT {held}"),
        ]
    for code, where in cases:
        staging.flag(report, code, missing.severity, reference.file, missing.field, where, **missing.details)


def _many(staging: Staging, contents: Contents, reference: Reference, report: Report) -> None:
    """Several names in one cell, "a,b", taken apart: each that leads nowhere is said."""
    if _nowhere(contents, reference.target):
        return
    cell, file = f't."{reference.column}"', f"{reference.file}.csv"
    listed = (
        f'SELECT t.line, trim(e.value) FROM "{reference.file}" t, {each_name(cell)}'
        f" WHERE instr({cell}, ',') > 0 AND trim(e.value) <> ''"
        f" AND NOT {_there(contents, reference.target, 'trim(e.value)')}"
    )
    if reference.column == "agentSourcedIds":  # which have been looked up
        there = _there(contents, reference.target, "a.name")
        listed = f"SELECT a.user, a.name FROM agent a WHERE a.other IS NULL AND a.one_of AND NOT {there}"
    for line, name in staging.run(listed).fetchall():
        report.add(
            "reference.missing_target_record",
            reference.missing,
            file,
            line,
            reference.column,
            name,
            target=f"{reference.target}.csv",
        )
