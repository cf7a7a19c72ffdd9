"""The children a families sheet speaks of: found on the school's roll, or made where the sheet is the roll."""

from __future__ import annotations

from porchlight.rosters.reading.problems import Report, Severity, Sort
from porchlight.rosters.reading.records import tell
from porchlight.rosters.reading.sheet_adults import mark, name_of
from porchlight.rosters.reading.sheet_cells import Entry
from porchlight.rosters.reading.staging import Staging
from porchlight.toolbox.folding import fold


class Roll:
    """Finds a row's child among those the school has, or makes a new one where the sheet is the roll."""

    def __init__(self, staging: Staging, report: Report, file: str) -> None:
        self.staging, self.report, self.file = staging, report, file
        self.by_id: dict[str, int] = {}
        self.by_name: dict[str, set[int]] = {}
        self.by_class: dict[tuple[str, str], set[int]] = {}
        for pk, source_id, name, group in staging.rows("SELECT id, source_id, name, class FROM roll"):
            if source_id:
                self.by_id[source_id] = pk
            self.by_name.setdefault(fold(name), set()).add(pk)
            self.by_class.setdefault((fold(name), fold(group or "")), set()).add(pk)
        self.is_the_roll = not self.by_name

    def child(self, row: Entry) -> str:
        """The child's key, "" with a problem when she cannot be told for sure."""
        if self.is_the_roll:
            return self._new(row)
        found: set[int] = set()
        if row.child_id:
            found = {self.by_id[row.child_id]} if row.child_id in self.by_id else set()
        elif row.school_class:
            found = self.by_class.get((fold(row.child), fold(row.school_class)), set())
        else:
            found = self.by_name.get(fold(row.child), set())
        if len(found) != 1:
            code = "sheet.which_child" if found else "sheet.no_such_child"
            named = row.child or row.child_id
            self.report.add(code, Severity.LEFT_OUT, self.file, row.line, "child", named, sort=Sort.NAME)
            self._hold(row)
            return ""
        [pk] = found
        self.staging.run("INSERT OR IGNORE INTO matched VALUES ('student', ?, ?)", [f"id:{pk}", pk])
        return f"id:{pk}"

    def _hold(self, row: Entry) -> None:
        """A row left out takes nobody away: adults of its name, and who lives in its home, stay as they are."""
        if not self.staging.has("link"):
            return
        for where, values in (
            (
                "kind = 'guardian' AND (key = ? OR substr(key, 1, length(?)) = ?)",
                [row.guardian_id, *[f"{mark(name_of(row))}@"] * 2],
            ),
            (
                "kind = 'member' AND substr(json_extract(vals, '$[0]'), 1, length(?)) = ?",
                [f"home:{mark(fold(row.home))}@"] * 2 if row.home else ["", "nothing"],
            ),
        ):
            self.staging.run(f"INSERT INTO held SELECT 'sheet', key, '', '' FROM link WHERE {where}", values)

    def _new(self, row: Entry) -> str:
        """A child of a school whose only roll is the sheet."""
        if not row.child:
            self.report.add("sheet.no_child", Severity.LEFT_OUT, self.file, row.line, "child")
            return ""
        key = row.child_id or mark(f"{fold(row.child)}/{fold(row.school_class)}")
        tell(self.staging, "student", key, row.line, row.child, None, again="IGNORE")
        if row.school_class:
            group = fold(row.school_class)
            tell(self.staging, "class", group, row.line, row.school_class, None, again="IGNORE")
            place = (f"{key}|{group}", row.line, key, group, "", "")
            tell(self.staging, "enrolment", *place, again="IGNORE")
        return key
