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

GUARDIANS = ("guardian", "parent", "relative")
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
WITHOUT_ROLE = ("administrator", "districtadministrator", "systemadministrator", "administrativestaff")
RELATIONS = {"parent": "parent", "guardian": "guardian", "relative": "other"}


def tell_people(staging: Staging, contents: Contents, report: Report, country: str) -> None:
    """Fill the told tables from the checked files."""
    if "users" not in contents.modes:
        tell_classes(staging, contents)
        return
    _posts(staging, contents, report)
    _persons(staging, contents)
    _ties(staging, contents)
    _only_with_children(staging, contents)
    tell_contacts(staging, report, country)
    tell_classes(staging, contents)
    tell_enrolments(staging, contents, report)


def _posts(staging: Staging, contents: Contents, report: Report) -> None:
    """Table `post`: user, post, role word, the row that says so."""
    if "roles" in contents.modes:
        said_by = 'r."sourcedId"' if "sourcedId" in staging.columns("roles") else "''"
        source = f'SELECT r."userSourcedId", lower(r.role), {said_by}, r."orgSourcedId" FROM roles r'
    elif "role" in staging.columns("users"):
        source = 'SELECT u."sourcedId", lower(u.role), \'\', u."orgSourcedIds" FROM users u'
    else:
        source = "SELECT '', '', '', '' WHERE 0"
    guardians, none = _words(GUARDIANS), _words(NO_POST)
    staging.run(
        "INSERT INTO post SELECT user, CASE WHEN word = 'student' THEN 'student'"
        f" WHEN word IN ({guardians}) THEN 'guardian' ELSE 'staff' END AS post, word, said_by"
        f" FROM (SELECT column1 user, column2 word, column3 said_by, column4 org FROM (VALUES ('','','',''))"
        f" WHERE 0 UNION ALL {source}) WHERE word NOT IN ({none}) AND ({in_school(contents, 'org')} OR org = ''"
        f" OR word IN ({guardians}))"
    )
    if staging.has("relationships"):
        staging.run(
            "INSERT INTO post SELECT DISTINCT r.\"relationshipUserSourcedId\", 'guardian', lower(r.role), ''"
            f" FROM relationships r WHERE lower(r.role) IN ({guardians})"
        )
    _known_posts(staging)
    staging.run("CREATE INDEX post_user ON post (user, post)")
    if not contents.orgs:
        nobody = 'NOT EXISTS (SELECT 1 FROM post p WHERE p.user = t."sourcedId")'
        staging.flag(report, "user.no_role", Severity.LEFT_OUT, "users", "role", nobody)
        staging.let_go("users")


def _known_posts(staging: Staging) -> None:
    """In a file of changes a person without a role row keeps the posts they have."""
    staging.run(
        "INSERT INTO post SELECT k.id, substr(k.file, 6), '', 'known' FROM known k WHERE k.file LIKE 'post:%'"
        " AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.file = 'roles' AND g.a = k.id)"
    )


def _persons(staging: Staging, contents: Contents) -> None:
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
    with_post = 'FROM users u WHERE EXISTS (SELECT 1 FROM post p WHERE p.user = u."sourcedId" AND p.post = '
    key = 'u."sourcedId"'
    staging.run(f"INSERT INTO told_student SELECT {key}, u.line, {full}, {called} {with_post}'student')")
    nothing = ", ".join(["NULL"] * 9)
    staging.run(f"INSERT INTO told_guardian SELECT {key}, u.line, {full}, {nothing} {with_post}'guardian')")
    means = " ".join(f"WHEN '{word}' THEN '{role}'" for word, role in STAFF_ROLES.items())
    roles = (
        f"(SELECT group_concat(role, ' ') FROM (SELECT DISTINCT CASE p.word {means} END AS role FROM post p"
        f" WHERE p.user = {key} AND p.post = 'staff' AND p.said_by <> 'known' ORDER BY 1) WHERE role IS NOT NULL)"
    )
    unsaid = (
        f"EXISTS (SELECT 1 FROM post p WHERE p.user = {key} AND p.said_by = 'known' AND p.post = 'staff')"
    )
    staging.run(
        f"INSERT INTO told_staff SELECT {key}, u.line, {shown}, lower(trim(u.email)),"
        f" CASE WHEN {unsaid} THEN {roles} ELSE coalesce({roles}, '') END {with_post}'staff')"
    )


def _ties(staging: Staging, contents: Contents) -> None:
    """Links of either direction where one end is a guardian and the other a student; their union is kept."""
    staging.run("CREATE TABLE stated (guardian TEXT, student TEXT, word TEXT, said_by TEXT)")
    pairs = []
    if "agentSourcedIds" in staging.columns("users"):
        quoted = "replace(replace(u.\"agentSourcedIds\", '\\', '\\\\'), '\"', '\\\"')"
        names = f"json_each('[\"' || replace({quoted}, ',', '\",\"') || '\"]') e"
        told = f"FROM users u, {names} WHERE u.\"agentSourcedIds\" <> '' AND trim(e.value) <> ''"
        pairs.append(f'SELECT u."sourcedId", trim(e.value), \'\', u."sourcedId" {told}')
        pairs.append(f'SELECT trim(e.value), u."sourcedId", \'\', u."sourcedId" {told}')
    if staging.has("relationships"):
        pairs.append(
            'SELECT r."relationshipUserSourcedId", r."userSourcedId", lower(r.role), r."userSourcedId"'
            f" FROM relationships r WHERE lower(r.role) IN ({_words(GUARDIANS)})"
        )
    if not pairs:
        return
    guardian = "(SELECT 1 FROM post p WHERE p.user = x.g AND p.post = 'guardian')"
    student = "(SELECT 1 FROM post p WHERE p.user = x.s AND p.post = 'student')"
    word = "coalesce(nullif(x.w, ''), (SELECT p.word FROM post p WHERE p.user = x.g AND p.post = 'guardian'))"
    staging.run(
        f"INSERT INTO stated SELECT x.g, x.s, {word}, x.b FROM (SELECT NULL g, NULL s, NULL w, NULL b WHERE 0"
        f" UNION ALL {' UNION ALL '.join(pairs)}) x WHERE EXISTS {guardian} AND EXISTS {student}"
    )
    relation = " ".join(f"WHEN '{word}' THEN '{meant}'" for word, meant in RELATIONS.items())
    staging.run(
        "INSERT INTO told_tie SELECT guardian || '|' || student, coalesce(u.line, 0), guardian, student,"
        f" CASE word {relation} ELSE NULL END, NULL, NULL, NULL, said FROM (SELECT guardian, student, max(word) word,"
        " min(said_by) first, group_concat(DISTINCT said_by) said FROM (SELECT * FROM stated ORDER BY said_by)"
        ' GROUP BY guardian, student) LEFT JOIN users u ON u."sourcedId" = first'
    )


def _only_with_children(staging: Staging, contents: Contents) -> None:
    """Of a district's guardians, those of this school are the ones with a child here."""
    if contents.orgs:
        staging.run("DELETE FROM told_tie WHERE student NOT IN (SELECT key FROM told_student)")
        staging.run("DELETE FROM told_guardian WHERE key NOT IN (SELECT guardian FROM told_tie)")


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
