"""Small bundles written by tests, in the standard's own shape."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from porchlight.rosters.reading import oneroster_files as spec
from porchlight.rosters.reading.bundles import Wanted, read_bundle
from porchlight.rosters.reading.oneroster import Contents
from porchlight.rosters.reading.problems import Report
from porchlight.rosters.reading.records import BY_NAME
from porchlight.rosters.reading.staging import Staging

type Rows = Sequence[Mapping[str, str]]


def csv_text(columns: Sequence[str], rows: Rows) -> str:
    """Rows as CSV with CRLF, the columns in order; missing cells are empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def oneroster(files: Mapping[str, Rows], *, version: str = "1.2", mode: str = "bulk") -> dict[str, str]:
    """File name → text of a OneRoster bundle with its manifest."""
    manifest = [("manifest.version", "1.0"), ("oneroster.version", version)]
    manifest += [(f"file.{table}", mode if table in files else "absent") for table in spec.files(version)]
    told = {f"{table}.csv": csv_text(spec.columns(table, version), rows) for table, rows in files.items()}
    told["manifest.csv"] = csv_text(
        ["propertyName", "value"], [{"propertyName": name, "value": value} for name, value in manifest]
    )
    return told


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """The files in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def small_school() -> dict[str, Rows]:
    """Two students, their mother, one teacher, one class, in OneRoster 1.2."""
    users = [
        {
            "sourcedId": "s1",
            "enabledUser": "true",
            "givenName": "Hamza",
            "familyName": "Yousaf",
            "agentSourcedIds": "g1",
        },
        {"sourcedId": "s2", "enabledUser": "true", "givenName": "Zara", "familyName": "Yousaf"},
        {
            "sourcedId": "g1",
            "enabledUser": "true",
            "givenName": "Samina",
            "familyName": "Yousaf",
            "email": "Samina@Example.org",
            "sms": "07700 900123",
            "agentSourcedIds": "s1,s2",
        },
        {
            "sourcedId": "t1",
            "enabledUser": "true",
            "givenName": "Amal",
            "familyName": "Khan",
            "email": "amal@example.org",
        },
    ]
    roles = [
        {
            "sourcedId": f"r-{user}",
            "userSourcedId": user,
            "roleType": "primary",
            "role": role,
            "orgSourcedId": "o1",
        }
        for user, role in (("s1", "student"), ("s2", "student"), ("g1", "parent"), ("t1", "teacher"))
    ]
    enrolments = [
        {
            "sourcedId": f"e-{user}",
            "classSourcedId": "c1",
            "schoolSourcedId": "o1",
            "userSourcedId": user,
            "role": role,
        }
        for user, role in (("s1", "student"), ("s2", "student"), ("t1", "teacher"))
    ]
    return {
        "orgs": [{"sourcedId": "o1", "name": "Maple Street School", "type": "school"}],
        "classes": [{"sourcedId": "c1", "title": "4A", "grades": "04", "schoolSourcedId": "o1"}],
        "users": users,
        "roles": roles,
        "enrollments": enrolments,
    }


class Told:
    """What reading a path came to, kept after the staging file is gone."""

    def __init__(self, path: Path, wanted: Wanted | None = None) -> None:
        self.report = Report()
        with Staging() as staging:
            self.contents: Contents = read_bundle(path, staging, self.report, wanted or Wanted())
            self.records = {
                kind.name: list(staging.rows(f'SELECT * FROM "{kind.table}" ORDER BY key'))
                for kind in BY_NAME.values()
            }

    def of(self, kind: str) -> list[dict[str, str | None]]:
        """Records of a kind as field → value, without key and line."""
        return [dict(zip(BY_NAME[kind].fields, row[2:], strict=True)) for row in self.records[kind]]

    def problems(self) -> list[tuple[str, str, str, int, str]]:
        """(severity, code, file, line, field) of each problem kept, worst first."""
        return [
            (found.severity.value, found.code, found.file, found.line, found.field)
            for found in self.report.worst_first()
        ]
