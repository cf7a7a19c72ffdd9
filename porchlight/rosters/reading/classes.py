"""Terms, classes, who is in them and who teaches them, out of the checked files."""

from __future__ import annotations

from porchlight.rosters.reading.oneroster import Contents
from porchlight.rosters.reading.problems import Report, Severity
from porchlight.rosters.reading.records import BY_NAME
from porchlight.rosters.reading.references import HOLDS
from porchlight.rosters.reading.staging import Staging


def in_school(contents: Contents, cell: str) -> str:
    """SQL: one of the orgs in a cell ("a" or "a,b") is ours, or nobody asked."""
    if not contents.orgs:
        return "1"
    return " OR ".join(
        f"instr(',' || replace({cell}, ' ', '') || ',', ',{org.replace("'", "''")},')"
        for org in sorted(contents.orgs)
    )


def tell_classes(staging: Staging, contents: Contents) -> None:
    """Fill `told_term` and `told_class`."""
    if "academicSessions" in contents.modes:
        staging.run(
            'INSERT INTO told_term SELECT "sourcedId", line, trim(title), "startDate", "endDate"'
            " FROM \"academicSessions\" WHERE lower(type) IN ('term', 'semester')"
        )
    if "classes" in contents.modes:
        year = "trim(c.grades)" if "grades" in staging.columns("classes") else "''"
        staging.run(
            "INSERT INTO told_class (rowid, key, line, name, year)"
            f' SELECT c.line, c."sourcedId", c.line, trim(c.title), {year} FROM classes c'
            f" WHERE {in_school(contents, 'c."schoolSourcedId"')}"
        )


def tell_enrolments(staging: Staging, contents: Contents, report: Report) -> None:
    """Fill `told_enrolment` and `told_teaching`; several rows for one pair become one stretch of time."""
    if "enrollments" not in contents.modes:
        return
    pair = '"userSourcedId", "classSourcedId"'
    twice = staging.value(f"SELECT 1 FROM enrollments_at GROUP BY {pair} HAVING count(*) > 1 LIMIT 1")
    since, until, lead = _values(staging.columns("enrollments"), bool(twice))
    group = f" GROUP BY {', '.join(f'a.{name}' for name in pair.split(', '))}" if twice else ""
    _tell(staging, contents, report, "enrolment", "student", f"{since}, {until}", group)
    _tell(staging, contents, report, "teaching", "staff", f"{lead}, {since}, {until}", group)
    staging.let_go("enrollments", *HOLDS["enrollments"])


def _values(columns: list[str], twice: bool) -> tuple[str, str, str]:
    """SQL for since, until and whether they lead, over one row a pair or over all rows of a pair."""
    cells = {name: f't."{name}"' if name in columns else "''" for name in ("beginDate", "endDate", "primary")}
    since, until, lead = cells["beginDate"], cells["endDate"], f"(lower({cells['primary']}) = 'true')"
    if not twice:
        return since, until, lead
    # An empty day sorts first: what is open wins.
    return f"min({since})", f"CASE WHEN min({until}) = '' THEN '' ELSE max({until}) END", f"max({lead})"


def _tell(
    staging: Staging, contents: Contents, report: Report, told: str, post: str, values: str, group: str
) -> None:
    """Pairs of a person and a class; who does not hold the post is reported and left out."""
    user, in_class = 't."userSourcedId"', 't."classSourcedId"'
    user_at, class_at = 'a."userSourcedId"', 'a."classSourcedId"'
    source = "enrollments t JOIN enrollments_at a ON a.line = t.line"
    theirs = f"lower(t.role) {'=' if post == 'student' else '<>'} 'student'"
    person = _told_or_known(contents, post, f"post:{post}", user, user_at)
    school_class = _told_or_known(contents, "class", "classes", in_class, class_at)
    names = ", ".join(f'"{name}"' for name in BY_NAME[told].fields)
    line = "min(t.line)" if group else "t.line"
    pairs = staging.run(
        f"INSERT INTO told_{told} ({post}_at, class_at, key, line, {names})"
        f" SELECT {user_at}, {class_at}, {user} || '|' || {in_class}, {line}, {user}, {in_class}, {values}"
        f" FROM {source} WHERE {theirs} AND {person} AND {school_class}{group}"
    ).rowcount
    if contents.orgs or pairs == staging.value(f"SELECT count(*) FROM enrollments t WHERE {theirs}"):
        return  # of a district's rows, those of other schools are no fault
    at = '(SELECT a."userSourcedId" FROM enrollments_at a WHERE a.line = t.line)'
    person = _told_or_known(contents, post, f"post:{post}", user, at)
    gone = f"EXISTS (SELECT 1 FROM gone g WHERE g.file = 'users' AND g.id = {user})"
    wrong = f"{theirs} AND NOT {person} AND NOT {gone}"
    staging.flag(report, f"enrolment.not_{post}", Severity.LEFT_OUT, "enrollments", "userSourcedId", wrong)


def _told_or_known(contents: Contents, kind: str, known: str, cell: str, at: str) -> str:
    """SQL: the bundle tells this person or class, or may leave unsaid what earlier ones told."""
    found = f"EXISTS (SELECT 1 FROM told_{kind} o WHERE o.rowid = {at})"
    if not contents.changes_only:
        return found
    return f"({found} OR EXISTS (SELECT 1 FROM known k WHERE k.file = '{known}' AND k.id = {cell}))"
