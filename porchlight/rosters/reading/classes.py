"""Terms, classes, who is in them and who teaches them, out of the checked files."""

from __future__ import annotations

from porchlight.rosters.reading.oneroster import Contents
from porchlight.rosters.reading.problems import Report, Severity
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
            f'INSERT INTO told_class SELECT c."sourcedId", c.line, trim(c.title), {year} FROM classes c'
            f" WHERE {in_school(contents, 'c."schoolSourcedId"')}"
        )


def tell_enrolments(staging: Staging, contents: Contents, report: Report) -> None:
    """Fill `told_enrolment` and `told_teaching`; several rows for one pair become one stretch of timt."""
    if "enrollments" not in contents.modes:
        return
    columns = staging.columns("enrollments")
    since = 'min(t."beginDate")' if "beginDate" in columns else "''"  # "" sorts first: open wins
    until = "CASE WHEN min(t.\"endDate\") = '' THEN '' ELSE max(t.\"endDate\") END"
    until = until if "endDate" in columns else "''"
    lead = "max(lower(t.\"primary\") = 'true'), " if "primary" in columns else "0, "
    _tell(staging, contents, report, "enrolment", "student", "= 'student'", f"{since}, {until}")
    _tell(staging, contents, report, "teaching", "staff", "<> 'student'", f"{lead}{since}, {until}")
    staging.let_go("enrollments", *HOLDS["enrollments"])


def _tell(
    staging: Staging, contents: Contents, report: Report, told: str, post: str, role: str, values: str
) -> None:
    """Pairs of a person and a class; who does not hold the post is reported and left out."""
    user, group = 't."userSourcedId"', 't."classSourcedId"'
    person = _told_or_known(contents, post, f"post:{post}", user)
    school_class = _told_or_known(contents, "class", "classes", group)
    if not contents.orgs:  # of a district's rows, those of other schools are no fault
        gone = f"EXISTS (SELECT 1 FROM gone g WHERE g.file = 'users' AND g.id = {user})"
        wrong = f"lower(t.role) {role} AND NOT {person} AND NOT {gone}"
        staging.flag(
            report, f"enrolment.not_{post}", Severity.LEFT_OUT, "enrollments", "userSourcedId", wrong
        )
    staging.run(
        f"INSERT INTO told_{told} SELECT {user} || '|' || {group}, min(t.line), {user}, {group}, {values}"
        f" FROM enrollments t WHERE lower(t.role) {role} AND {person} AND {school_class} GROUP BY {user}, {group}"
    )


def _told_or_known(contents: Contents, kind: str, known: str, cell: str) -> str:
    found = f"EXISTS (SELECT 1 FROM told_{kind} o WHERE o.key = {cell})"
    if not contents.changes_only:
        return found
    return f"({found} OR EXISTS (SELECT 1 FROM known k WHERE k.file = '{known}' AND k.id = {cell}))"
