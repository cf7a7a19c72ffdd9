"""From OneRoster's and SDS's files to people, classes and ties: who holds which post, who cares for whom.

All in SQL over staging, so a town's roster costs seconds and no memory. A post is a role that means something here:
student, guardian or staff. Custody, language and homes are in neither standard and are never inferred.
"""

from __future__ import annotations

from porchlight.rosters.reading.classes import in_school, tell_classes, tell_enrolments
from porchlight.rosters.reading.contacts import tell_contacts
from porchlight.rosters.reading.oneroster import Contents
from porchlight.rosters.reading.problems import Report, Severity
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.reading.ties import GUARDIANS, tell_ties
from porchlight.rosters.reading.whose import number

NO_POST = ("alumni", "visitor", "assistant")
# What a role in the roster lets someone do here. Where the word is vague the office decides by hand, since a
# roster must never quietly open every child's page.
STAFF_ROLES = {
    **dict.fromkeys(("teacher", "professor", "lecturer", "adjunct", "faculty"), "teacher"),
    "principal": "leader",
    "siteadministrator": "office",
    "counselor": "counsellor",
    "ext:safeguardinglead": "safeguarding",
}


def tell_people(staging: Staging, contents: Contents, report: Report, country: str) -> None:
    """Fill the told tables from the checked files."""
    if "users" not in contents.modes:
        tell_classes(staging, contents)
        return
    _posts(staging, contents)
    _persons(staging)
    if not contents.orgs:
        _without_post(staging, report)
    tell_ties(staging, contents)
    _only_with_children(staging, contents)
    tell_contacts(staging, report, country)
    tell_classes(staging, contents)
    tell_enrolments(staging, contents, report)


def _posts(staging: Staging, contents: Contents) -> None:
    """Table `post`: user (by number), post, role word, the row that says so."""
    if "roles" in contents.modes:
        said_by = 'r."sourcedId"' if "sourcedId" in staging.columns("roles") else "''"
        source = (
            f'SELECT a."userSourcedId" AS user, lower(r.role) AS word, {said_by} AS said_by, r."orgSourcedId" AS org'
            " FROM roles r JOIN roles_at a ON a.line = r.line"
        )
    elif "role" in staging.columns("users"):
        source = "SELECT u.line AS user, lower(u.role) AS word, '' AS said_by, u.\"orgSourcedIds\" AS org FROM users u"
    else:
        source = "SELECT 0 AS user, '' AS word, '' AS said_by, '' AS org WHERE 0"
    guardians, none = _words(GUARDIANS), _words(NO_POST)
    staging.run(
        "INSERT INTO post SELECT user, CASE WHEN word = 'student' THEN 'student'"
        f" WHEN word IN ({guardians}) THEN 'guardian' ELSE 'staff' END, word, said_by FROM ({source})"
        f" WHERE user IS NOT NULL AND word NOT IN ({none})"
        f" AND ({in_school(contents, 'org')} OR org = '' OR word IN ({guardians}))"
    )
    if staging.has("relationships"):
        adult = 'a."relationshipUserSourcedId"'
        staging.run(
            f"INSERT INTO post SELECT DISTINCT {adult}, 'guardian', lower(r.role), '' FROM relationships r"
            f" JOIN relationships_at a ON a.line = r.line WHERE {adult} IS NOT NULL AND lower(r.role) IN ({guardians})"
        )
    if contents.changes_only:
        _known_posts(staging, contents)
    staging.run("CREATE INDEX post_user ON post (user, post)")


def _known_posts(staging: Staging, contents: Contents) -> None:
    """In a file of changes a person without a role row keeps the posts they have."""
    staging.run(
        f"INSERT INTO post SELECT {number(contents, 'users', 'k.id')}, substr(k.file, 6), '', 'known' FROM known k"
        " WHERE k.file LIKE 'post:%' AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.file = 'roles' AND g.a = k.id)"
    )


def _persons(staging: Staging) -> None:
    """People under their numbers, one by one even where two rows give somebody the same post."""
    given, family = 'trim(u."givenName")', 'trim(u."familyName")'
    full = f"trim({given} || ' ' || {family})"
    newer = "preferredGivenName" in staging.columns("users")
    first = 'trim(u."preferredGivenName")' if newer else "''"
    called = f"CASE WHEN {first} <> '' THEN {first} WHEN instr({given}, ' ') THEN {given} ELSE '' END"
    shown = (
        f"trim({first} || ' ' || coalesce(nullif(trim(u.\"preferredFamilyName\"), ''), {family}))"
        if newer
        else ""
    )
    shown = f"CASE WHEN {first} <> '' THEN {shown} ELSE {full} END" if newer else full
    means = " ".join(f"WHEN '{word}' THEN '{role}'" for word, role in STAFF_ROLES.items())
    theirs = "FROM post s WHERE s.user = u.line AND s.post = 'staff'"
    roles = (
        f"(SELECT group_concat(role, ' ') FROM (SELECT DISTINCT CASE s.word {means} END AS role {theirs}"
        " AND s.said_by <> 'known' ORDER BY 1) WHERE role IS NOT NULL)"
    )
    unsaid = f"EXISTS (SELECT 1 {theirs} AND s.said_by = 'known')"
    for post, fields in {
        "student": {"name": full, "called": called},
        "guardian": {"name": full},
        "staff": {
            "name": shown,
            "email": "lower(trim(u.email))",
            "roles": f"CASE WHEN {unsaid} THEN {roles} ELSE coalesce({roles}, '') END",
        },
    }.items():
        staging.run(
            f"INSERT OR IGNORE INTO told_{post} (rowid, key, line, {', '.join(fields)})"
            f' SELECT u.line, u."sourcedId", u.line, {", ".join(fields.values())}'
            f" FROM post p CROSS JOIN users u ON u.line = p.user WHERE p.post = '{post}'"
        )


def _without_post(staging: Staging, report: Report) -> None:
    told = " OR ".join(
        f"EXISTS (SELECT 1 FROM told_{post} o WHERE o.rowid = t.line)"
        for post in ("student", "guardian", "staff")
    )
    staging.flag(report, "user.no_role", Severity.LEFT_OUT, "users", "role", f"NOT ({told})")
    staging.let_go("users")


def _only_with_children(staging: Staging, contents: Contents) -> None:
    """Of a district's guardians, those of this school are the ones with a child here."""
    if contents.orgs:
        staging.run("DELETE FROM told_tie WHERE student_at NOT IN (SELECT rowid FROM told_student)")
        staging.run("DELETE FROM told_guardian WHERE rowid NOT IN (SELECT guardian_at FROM told_tie)")


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
