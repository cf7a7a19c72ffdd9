"""Who teaches a class, as the sheet names them: a colleague who is here already, or a post to invite somebody to."""

from __future__ import annotations

from porchlight.rosters.reading.problems import Report, Severity, Sort
from porchlight.rosters.reading.records import tell
from porchlight.rosters.reading.sheet_adults import mark
from porchlight.rosters.reading.sheet_cells import Entry
from porchlight.rosters.reading.staging import Staging
from porchlight.toolbox.folding import fold


class Staffroom:
    """Tells of teachers and what they teach. A sheet adds colleagues and never takes one away."""

    def __init__(self, staging: Staging, report: Report, file: str) -> None:
        self.staging, self.report, self.file = staging, report, file
        self.by_name: dict[str, set[int]] = {}
        self.by_email: dict[str, int] = {}
        self.told: set[tuple[str, str]] = set()
        rows = staging.rows("SELECT id, name, email FROM colleague") if staging.has("colleague") else iter(())
        for pk, name, email in rows:
            self.by_name.setdefault(fold(name), set()).add(pk)
            if email:
                self.by_email[email.lower()] = pk

    def teaches(self, row: Entry) -> None:
        """The row's teacher teaches the row's class."""
        name, email = row.teacher, row.teacher_email
        who = email or fold(name)
        if not who or (who, fold(row.school_class)) in self.told:
            return
        self.told.add((who, fold(row.school_class)))
        found = (
            {self.by_email[email]}
            if email in self.by_email
            else set()
            if email
            else self.by_name.get(who, set())
        )
        if len(found) > 1:
            self.report.add(
                "sheet.which_teacher", Severity.DROPPED, self.file, row.line, "teacher", name, sort=Sort.WORD
            )
            return
        key = f"teacher:{mark(who)}"
        for pk in found:
            self.staging.run("INSERT OR IGNORE INTO matched VALUES ('staff', ?, ?)", [key, pk])
        said = (None, None, None) if found else (name or email, email or None, "teacher")
        tell(self.staging, "staff", key, row.line, *said, again="IGNORE")
        group = fold(row.school_class)
        if group and self.staging.value("SELECT 1 FROM told_class WHERE key = ?", [group]):
            place = (f"{key}|{group}", row.line, key, group, "1", "", "")
            tell(self.staging, "teaching", *place, again="IGNORE")
