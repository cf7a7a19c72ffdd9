"""Who cares for whom, as the files of a roster state it: in either direction, and by either end."""

from __future__ import annotations

from porchlight.rosters.reading.oneroster import Contents
from porchlight.rosters.reading.staging import Staging

GUARDIANS = ("guardian", "parent", "relative")
RELATIONS = {"parent": "parent", "guardian": "guardian", "relative": "other"}


TWICE = "SELECT 1 FROM agent GROUP BY min(user, other), max(user, other) HAVING count(*) > 1 LIMIT 1"


def tell_ties(staging: Staging, contents: Contents) -> None:
    """Fill `told_tie`: where one end is a guardian and the other a student, the union of what all rows state."""
    if "relationships" in contents.modes or staging.value(TWICE):
        _gather(staging, contents)
        source = "stated x"
    else:
        source = f"({' UNION ALL '.join(_by_agents())}) x"  # nobody is named twice: each naming is a tie
    word = (
        "coalesce(nullif(x.word, ''),"
        " (SELECT p.word FROM post p WHERE p.user = x.guardian AND p.post = 'guardian'))"
    )
    line, said, group = "x.line", "x.said_by", ""
    if source == "stated x":
        line, word, said = f"min({line})", f"max({word})", f"group_concat({said})"
        group = " GROUP BY x.guardian, x.student"
    relation = " ".join(f"WHEN '{role}' THEN '{meant}'" for role, meant in RELATIONS.items())
    staging.run(
        "INSERT INTO told_tie (key, line, guardian, student, relation, stated_by, guardian_at, student_at)"
        f" SELECT x.g || '|' || x.s, {line}, x.g, x.s, CASE {word} {relation} END, {said}, x.guardian, x.student"
        f" FROM {source}{group}"
    )


def _by_agents() -> list[str]:
    """SELECTs of guardian and student by number, who says so, the word for it, both ends' ids and the line."""
    directions = (
        ("a.user", "a.other", "a.id AS g, a.name AS s"),
        ("a.other", "a.user", "a.name AS g, a.id AS s"),
    )
    return [
        f"SELECT {guardian} AS guardian, {student} AS student, a.id AS said_by, '' AS word, {ids}, a.user AS line"
        f" FROM agent a WHERE {_ends(guardian, student)}"
        for guardian, student, ids in directions
    ]


def _gather(staging: Staging, contents: Contents) -> None:
    """Table `stated`: who says what, also where several do."""
    staging.run(
        "CREATE TABLE stated (guardian INTEGER, student INTEGER, said_by TEXT, word TEXT, g TEXT, s TEXT, line INTEGER,"
        " PRIMARY KEY (guardian, student, said_by)) WITHOUT ROWID"
    )
    for select in _by_agents():
        staging.run(f"INSERT OR IGNORE INTO stated {select}")
    if "relationships" in contents.modes:
        _relationships(staging)


def _relationships(staging: Staging) -> None:
    """SDS says it in a file of its own, from the student's side."""
    words = ", ".join(f"'{word}'" for word in GUARDIANS)
    student, adult = 'a."userSourcedId"', 'a."relationshipUserSourcedId"'
    staging.run(
        f'INSERT INTO stated SELECT {adult}, {student}, r."userSourcedId", lower(r.role),'
        f' r."relationshipUserSourcedId", r."userSourcedId", {student}'
        " FROM relationships r JOIN relationships_at a ON a.line = r.line"
        f" WHERE lower(r.role) IN ({words}) AND {_ends(adult, student)}"
        " ON CONFLICT DO UPDATE SET word = max(word, excluded.word)"
    )


def _ends(guardian: str, student: str) -> str:
    """SQL: the one is a guardian and the other a student."""
    return " AND ".join(
        f"EXISTS (SELECT 1 FROM post p WHERE p.user = {user} AND p.post = '{post}')"
        for user, post in ((guardian, "guardian"), (student, "student"))
    )
