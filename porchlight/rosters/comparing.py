"""What the source says against what it said last time: only the differences are looked at in our tables.

The links of earlier imports are copied into the staging file, so that a town's roster is compared by one join and
memory stays flat. Two tables come out: `diff` (kind, key, state, oid, link, vals) of what is known and no longer the
same, and `oid` (kind, key → row of ours) of all that is known. A told record that is in neither is new.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from porchlight.rosters.models import RosterLink, Source
from porchlight.rosters.reading.oneroster import Contents
from porchlight.rosters.reading.records import BY_NAME, KINDS, Kind, index_keys, tell
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.reading.whose import number
from porchlight.schools.models import School

NEVER_REMOVED = {"term", "home", "restriction"}
BY_SHEET = "sheet"  # whose absence in a sheet takes no colleague away
# Of a relation's fields, those that name people or classes: whoever's row was left out keeps their relations.
PARTNERS = {"tie": (0, 1), "member": (1, 2), "contact": (0,), "enrolment": (0, 1), "teaching": (0, 1)}
CHUNK = 5_000


def load_links(staging: Staging, school: School, source: Source) -> None:
    """Copy the source's links into staging, and say who is known, for files of changes."""
    staging.run(
        "CREATE TABLE link (kind TEXT, key TEXT, oid INTEGER, link INTEGER, vals TEXT, gone INTEGER,"
        " PRIMARY KEY (kind, key)) WITHOUT ROWID"
    )
    rows = (
        RosterLink.objects.in_school(school)
        .filter(source=source)
        .order_by("kind", "record_key")
        .values_list("kind", "record_key", "object_id", "pk", "values", "gone_in_id")
    )
    staging.run("BEGIN")
    staging.db.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?, ?)", rows.iterator(CHUNK))
    staging.run("COMMIT")


def known(staging: Staging) -> Iterable[tuple[str, str]]:
    """(file, id) of who and what earlier imports brought, as `references` asks for it."""
    files = {
        "student": "users",
        "guardian": "users",
        "staff": "users",
        "class": "classes",
        "term": "academicSessions",
    }
    for kind, key in staging.run("SELECT kind, key FROM link WHERE gone IS NULL").fetchall():
        if kind in files:
            yield files[kind], key
            yield f"post:{kind}", key


def compare(staging: Staging, contents: Contents) -> None:
    """Fill `diff`; records that say the same as last time are in no state at all."""
    staging.run(
        "CREATE TABLE diff (kind TEXT, key TEXT, state TEXT, oid INTEGER, link INTEGER, vals TEXT,"
        " PRIMARY KEY (kind, key)) WITHOUT ROWID"
    )
    staging.run("CREATE TABLE oid (kind TEXT, key TEXT, id INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID")
    staging.run("INSERT INTO oid SELECT kind, key, oid FROM link")
    if staging.value("SELECT 1 FROM link LIMIT 1") or not staging.plain.issuperset({"users", "classes"}):
        index_keys(staging)  # and a key that is there twice, as odd ids may make one, breaks off the import
    if contents.changes_only:
        _keep_what_others_state(staging)
    _hold(staging)
    for kind in KINDS:
        if not staging.value("SELECT 1 FROM link WHERE kind = ? LIMIT 1", [kind.name]):
            continue  # all of it is new
        _told(staging, kind)
        if kind.name not in NEVER_REMOVED and (contents.format != BY_SHEET or kind.name != "staff"):
            _left_unsaid(staging, contents, kind)
    staging.run("CREATE INDEX diff_state ON diff (state, kind)")


def _told(staging: Staging, kind: Kind) -> None:
    """Returned, or changed in a field the source speaks of (NULL says nothing)."""
    names, whole = [f't."{name}"' for name in kind.fields], as_values(kind.name)
    differs = " OR ".join(
        f"({name} IS NOT NULL AND {name} IS NOT json_extract(l.vals, '$[{place}]'))"
        for place, name in enumerate(names)
    )
    staging.run(
        "INSERT INTO diff SELECT l.kind, l.key, CASE WHEN l.gone IS NOT NULL THEN 'returned' ELSE 'changed' END,"
        f' l.oid, l.link, {whole} FROM "{kind.table}" t JOIN link l ON l.kind = ? AND l.key = t.key'
        f" WHERE l.gone IS NOT NULL OR (l.vals <> {whole} AND ({differs}))",
        [kind.name],
    )


def as_values(kind: str) -> str:
    """SQL over a told record `t`: what a link holds of it."""
    fields = ", ".join(f't."{name}"' for name in BY_NAME[kind].fields)
    return f"json_array({fields})"


def _left_unsaid(staging: Staging, contents: Contents, kind: Kind) -> None:
    """What a whole file leaves out, or a file of changes takes back, is removed."""
    if contents.whole(*kind.tables):
        # A sheet without a column for teachers says nothing of who teaches what.
        by_sheet = contents.format == BY_SHEET and kind.name == "teaching"
        unsaid = "EXISTS (SELECT 1 FROM told_staff)" if by_sheet else "1"
    elif contents.changes_only:
        unsaid = _taken_back(contents, kind)
    else:
        return
    partners = "".join(
        f" AND coalesce(json_extract(l.vals, '$[{place}]'), '') NOT IN (SELECT id FROM stays)"
        for place in PARTNERS.get(kind.name, ())
    )
    staging.run(
        "INSERT INTO diff SELECT l.kind, l.key, 'removed', l.oid, l.link, l.vals FROM link l"
        f" WHERE l.kind = ? AND l.gone IS NULL AND {unsaid}"
        f' AND NOT EXISTS (SELECT 1 FROM "{kind.table}" t WHERE t.key = l.key)'
        f" AND l.key NOT IN (SELECT id FROM stays){partners}",
        [kind.name],
    )


def _told_again(contents: Contents) -> str:
    """SQL over a link `l`: the file itself gives this person this post."""
    user = number(contents, "users", "l.key")
    return f"EXISTS (SELECT 1 FROM post p WHERE p.user = {user} AND p.post = l.kind AND p.said_by <> 'known')"


def _taken_back(contents: Contents, kind: Kind) -> str:
    """SQL over a link `l`: a file of changes says this is over."""
    first, second = "json_extract(l.vals, '$[0]')", "json_extract(l.vals, '$[1]')"
    if contents.format == BY_SHEET:
        return _no_longer_beside(kind, first, second)
    users = "SELECT id FROM gone WHERE file = 'users'"
    match kind.name:
        case "student" | "guardian" | "staff":
            roles = "SELECT a FROM gone WHERE file = 'roles'"
            return f"(l.key IN ({users}) OR (l.key IN ({roles}) AND NOT {_told_again(contents)}))"
        case "class":
            return "l.key IN (SELECT id FROM gone WHERE file = 'classes')"
        case "enrolment" | "teaching":
            return f"EXISTS (SELECT 1 FROM gone g WHERE g.file = 'enrollments' AND g.a = {first} AND g.b = {second})"
        case "contact":
            return f"{first} IN (SELECT key FROM told_guardian)"
        case "tie":  # nobody who stated it states it any longer
            return (
                f"({first} IN (SELECT key FROM told_guardian) OR {second} IN (SELECT key FROM told_student))"
            )
    return "0"


def _no_longer_beside(kind: Kind, first: str, second: str) -> str:
    """Of whom a part of a sheet speaks, it says everything; of whom it does not speak, nothing."""
    match kind.name:
        case "enrolment":
            return f"{first} IN (SELECT key FROM told_student)"
        case "tie":
            return f"{second} IN (SELECT key FROM told_student)"
        case "contact":
            return f"{first} IN (SELECT key FROM told_guardian)"
        case "teaching":
            return f"{second} IN (SELECT key FROM told_class) AND EXISTS (SELECT 1 FROM told_staff)"
    return "0"


def _keep_what_others_state(staging: Staging) -> None:
    """A tie stated by both ends outlives a change of one of them: carry over what the file does not speak of."""
    if not staging.has("users"):
        return
    spoken = {row[0] for row in staging.rows('SELECT "sourcedId" FROM users')}
    ties: list[tuple[Any, ...]] = staging.run(
        "SELECT l.key, l.vals, t.stated_by FROM link l LEFT JOIN told_tie t ON t.key = l.key"
        " WHERE l.kind = 'tie' AND l.gone IS NULL AND (json_extract(l.vals, '$[0]') IN (SELECT key FROM told_guardian)"
        " OR json_extract(l.vals, '$[1]') IN (SELECT key FROM told_student))"
    ).fetchall()
    for key, values, told in ties:
        stated = set(
            filter(None, (staging.value("SELECT json_extract(?, '$[6]')", [values]) or "").split(","))
        )
        remaining = (stated - spoken) | set(filter(None, (told or "").split(",")))
        if not remaining:
            continue
        names = ",".join(sorted(remaining))
        if told is None:
            fields = ", ".join(f"json_extract(?1, '$[{place}]')" for place in range(6))
            said = staging.run(f"SELECT {fields}", [values]).fetchone()
            tell(staging, "tie", key, 0, *said, names)
        else:
            staging.run("UPDATE told_tie SET stated_by = ? WHERE key = ?", [names, key])


def _hold(staging: Staging) -> None:
    """Table `stays`: keys of people, classes and pairs whose rows were left out. They stay as they are."""
    staging.run("CREATE TABLE stays (id TEXT PRIMARY KEY) WITHOUT ROWID")
    for sql in (
        "SELECT id FROM held WHERE file IN ('users', 'classes')",
        "SELECT a FROM held WHERE file = 'roles'",
        "SELECT a || '|' || b FROM held WHERE file IN ('enrollments', 'relationships')",
        "SELECT id FROM held WHERE file = 'sheet'",
    ):
        staging.run(f"INSERT OR IGNORE INTO stays {sql}")
