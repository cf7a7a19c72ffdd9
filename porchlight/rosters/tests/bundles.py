"""Small bundles written by tests, in the standard's own shape."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from porchlight.rosters.models import RosterImport
from porchlight.rosters.reading import oneroster_files as spec
from porchlight.rosters.reading.bundles import Wanted, read_bundle
from porchlight.rosters.reading.oneroster import Contents
from porchlight.rosters.reading.problems import Report
from porchlight.rosters.reading.records import BY_NAME, Kind
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


POSTS = {"s1": "student", "s2": "student", "g1": "parent", "t1": "teacher"}
MOTHER = {"email": "Samina@Example.org", "sms": "07700 900123", "agentSourcedIds": "s1,s2"}


def person(key: str, given: str, family: str, **more: str) -> dict[str, str]:
    """A row of users.csv."""
    return {"sourcedId": key, "enabledUser": "true", "givenName": given, "familyName": family, **more}


def small_school() -> dict[str, Rows]:
    """Two students, their mother, one teacher, one class, in OneRoster 1.2."""
    role = {"roleType": "primary", "orgSourcedId": "o1"}
    pair = {"classSourcedId": "c1", "schoolSourcedId": "o1"}
    return {
        "orgs": [{"sourcedId": "o1", "name": "Maple Street School", "type": "school"}],
        "classes": [{"sourcedId": "c1", "title": "4A", "grades": "04", "schoolSourcedId": "o1"}],
        "users": [
            person("s1", "Hamza", "Yousaf", agentSourcedIds="g1"),
            person("s2", "Zara", "Yousaf"),
            person("g1", "Samina", "Yousaf", **MOTHER),
            person("t1", "Amal", "Khan", email="amal@example.org"),
        ],
        "roles": [
            {"sourcedId": f"r-{key}", "userSourcedId": key, "role": word, **role}
            for key, word in POSTS.items()
        ],
        "enrollments": [
            {"sourcedId": f"e-{key}", "userSourcedId": key, "role": POSTS[key], **pair}
            for key in ("s1", "s2", "t1")
        ],
    }


def named(kind: Kind) -> str:
    return ", ".join(f'"{name}"' for name in ("key", "line", *kind.fields))


class Told:
    """What reading a path came to, kept after the staging file is gone."""

    def __init__(self, path: Path, wanted: Wanted | None = None) -> None:
        self.report = Report()
        with Staging() as staging:
            self.contents: Contents = read_bundle(path, staging, self.report, wanted or Wanted())
            self.records = {
                kind.name: list(staging.rows(f"SELECT {named(kind)} FROM {kind.table} ORDER BY key"))
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


def differences(run: RosterImport) -> dict[str, dict[str, int]]:
    """Kind → state → how many, without what stayed the same."""
    states = ("added", "changed", "returned", "removed", "kept")
    return {
        kind: found
        for kind, counts in run.counts.items()
        if (found := {state: counts[state] for state in states if counts[state]})
    }
