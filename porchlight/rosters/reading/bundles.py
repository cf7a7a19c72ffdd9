"""What has been handed over, and who in it is ours: one call from a path to a told school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from porchlight.rosters.reading.checks import check
from porchlight.rosters.reading.families import tell_sheet
from porchlight.rosters.reading.oneroster import Contents, Mode, read_oneroster
from porchlight.rosters.reading.opening import Bundle, open_bundle
from porchlight.rosters.reading.people import tell_people
from porchlight.rosters.reading.problems import Refused, Report, Severity
from porchlight.rosters.reading.records import create_tables, tells_anything
from porchlight.rosters.reading.sds import read_sds
from porchlight.rosters.reading.staging import Staging

SDS_1 = {
    "school.csv",
    "section.csv",
    "student.csv",
    "studentenrollment.csv",
    "teacher.csv",
    "teacherroster.csv",
}
CLEVER = {"schools.csv", "students.csv", "teachers.csv", "sections.csv"}
ONLY_SDS = {"relationships.csv", "userflags.csv"}
SHEETS = {".csv", ".tsv", ".txt", ".xlsx"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the school says about itself and the file."""

    country: str = "GB"  # how local numbers are read
    school_name: str = ""
    org: str = ""  # the id of the school, where a bundle holds several
    mode: Mode | None = None  # for a bundle that does not say whether it is everything or changes
    known: Iterable[tuple[str, str]] = ()  # (file, id) of earlier imports, for files of changes


def read_bundle(path: Path, staging: Staging, report: Report, wanted: Wanted = Wanted()) -> Contents:
    """Read everything, check everything, and fill the told tables. Raises Refused when there is nothing to take."""
    create_tables(staging)
    if is_sheet(path):
        if not path.exists():
            raise Refused("package.not_there", path.name)
        contents = tell_sheet(path, staging, report, wanted.country, wanted.mode)
    else:
        bundle = open_bundle(path, report)
        try:
            contents = _read(bundle, staging, wanted)
        finally:
            bundle.close()
            staging.ids.clear()
    if contents.changes_only:
        staging.db.executemany("INSERT INTO known VALUES (?, ?)", wanted.known)
    if contents.format != "sheet":
        check(staging, contents, report)
        contents.orgs = choose_orgs(staging, contents, report, wanted)
        tell_people(staging, contents, report, wanted.country)
    if not tells_anything(staging) and not staging.value("SELECT 1 FROM gone"):
        contents.importable = False
        report.add("package.nothing_to_take", Severity.REFUSED, path.name)
    return contents


def is_sheet(path: Path) -> bool:
    """A single sheet is the families sheet; everything else is a bundle of files."""
    return path.suffix.lower() in SHEETS and not path.is_dir()


def _read(bundle: Bundle, staging: Staging, wanted: Wanted) -> Contents:
    names = {name.lower() for name in bundle.sizes}
    if not names:
        raise Refused("package.empty", bundle.name)
    if "manifest.csv" not in names:
        if names >= {"student.csv", "school.csv"} and names & SDS_1:
            raise Refused("package.sds_1", bundle.name)
        if names >= CLEVER:
            raise Refused("package.clever", bundle.name)
        if "users.csv" in names and names & ONLY_SDS:
            return read_sds(bundle, staging)
    return read_oneroster(bundle, staging, wanted.mode)


def choose_orgs(staging: Staging, contents: Contents, report: Report, wanted: Wanted) -> frozenset[str]:
    """The ids of our school and its parts; empty when the bundle is about one school alone. Raises Refused."""
    if "orgs" not in contents.modes:
        return frozenset()
    schools = dict(staging.rows("SELECT \"sourcedId\", trim(name) FROM orgs WHERE lower(type) = 'school'"))
    if not wanted.org and len(schools) < 2:
        return frozenset()
    chosen = wanted.org
    if not chosen:
        named = [key for key, name in schools.items() if name.casefold() == wanted.school_name.casefold()]
        if len(named) != 1:
            listed = "; ".join(f"{key} ({name})" for key, name in list(schools.items())[:12])
            raise Refused("package.which_school", "orgs.csv", schools=listed)
        chosen = named[0]
        report.add("org.guessed", Severity.GUESSED, "orgs.csv", 0, "name", wanted.school_name)
    elif not staging.value('SELECT 1 FROM orgs WHERE "sourcedId" = ?', [chosen]):
        raise Refused("package.no_such_school", "orgs.csv", org=chosen)
    parts = staging.rows(
        'WITH RECURSIVE part(id) AS (SELECT ? UNION SELECT o."sourcedId" FROM orgs o JOIN part'
        ' ON o."parentSourcedId" = part.id) SELECT id FROM part',
        [chosen],
    )
    return frozenset(row[0] for row in parts)
