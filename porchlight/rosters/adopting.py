"""A record that is new to the source may be somebody we know: then it is linked to that row, not written twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from porchlight.families.models import Address, ContactPoint, Enrolment, Guardianship, HouseholdMembership
from porchlight.rosters.comparing import CHUNK, as_values
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.targets import BY_KIND
from porchlight.schools.models import School, Teaching

BY_SOURCE_ID = ("term", "class", "staff", "student", "guardian", "home")
# Relations: what a current row is known by, and where the told record names the same (kind of partner, told field).
BY_PARTNERS: dict[str, tuple[type[Any], dict[str, Any], list[tuple[str, str, str]]]] = {
    "tie": (
        Guardianship,
        {"until": None},
        [("guardian_id", "guardian", "guardian"), ("student_id", "student", "student")],
    ),
    "enrolment": (
        Enrolment,
        {"until": None},
        [("student_id", "student", "student"), ("school_class_id", "class", "class")],
    ),
    "teaching": (
        Teaching,
        {"until": None},
        [("staff_id", "staff", "staff"), ("school_class_id", "class", "class")],
    ),
    "member": (
        HouseholdMembership,
        {"until": None},
        [
            ("household_id", "home", "home"),
            ("student_id", "student", "student"),
            ("guardian_id", "guardian", "guardian"),
        ],
    ),
}


def adopt(staging: Staging, school: School) -> None:
    """Give every new or returned record that is here already its row: it gets an `oid` and the state `adopted`."""
    staging.run(
        "CREATE TABLE address (channel TEXT, value TEXT, id INTEGER, PRIMARY KEY (channel, value)) WITHOUT ROWID"
    )
    staging.run(
        "CREATE TABLE IF NOT EXISTS matched (kind TEXT, key TEXT, id INTEGER, PRIMARY KEY (kind, key))"
    )
    for kind in BY_SOURCE_ID:
        _take_matched(staging, kind)  # a sheet's children, on the roll
        if _any_new(staging, kind):
            rows = BY_KIND[kind].model._default_manager.filter(school=school).exclude(source_id="")
            _here(staging, rows.values_list("source_id", "pk").iterator(CHUNK), 2)
            _take(staging, kind, "h.a = t.key")
    for kind, (model, current, partners) in BY_PARTNERS.items():
        if _any_new(staging, kind):
            names = [name for name, _, _ in partners]
            rows = model._default_manager.filter(school=school, **current).values_list(*names, "pk")
            _here(staging, rows.iterator(CHUNK), len(names) + 1)
            _take(staging, kind, _same_partners([(partner, told) for _, partner, told in partners]))
    if _any_new(staging, "contact"):
        _addresses(staging, school)
    if _any_new(staging, "restriction"):
        _restrictions(staging, school)


def _any_new(staging: Staging, kind: str) -> bool:
    returned = "SELECT 1 FROM diff WHERE kind = ? AND state = 'returned' LIMIT 1"
    return bool(how_many_new(staging, kind) or staging.value(returned, [kind]))


def is_new(kind: str) -> str:
    """SQL over a told record `t`: nobody here is it."""
    return f"NOT EXISTS (SELECT 1 FROM oid o WHERE o.kind = '{kind}' AND o.key = t.key)"


def how_many_new(staging: Staging, kind: str) -> int:
    """Told records of a kind that nobody here is; counted once for as long as it stays true."""
    if kind not in staging.new:
        known = staging.value("SELECT 1 FROM oid WHERE kind = ? LIMIT 1", [kind])
        where = is_new(kind) if known else "1"
        staging.new[kind] = int(staging.value(f'SELECT count(*) FROM "told_{kind}" t WHERE {where}'))
    return staging.new[kind]


def _here(staging: Staging, rows: Iterable[Any], width: int) -> None:
    """Table `here`: what a kind's rows are known by, the row's id last."""
    staging.run("DROP TABLE IF EXISTS here")
    names = [*"abc"[: width - 1], "id"]
    staging.run(f"CREATE TABLE here ({', '.join(names)})")
    marks = ", ".join("?" * width)
    staging.run("BEGIN")
    staging.db.executemany(f"INSERT INTO here VALUES ({marks})", rows)
    staging.run("COMMIT")
    staging.run(f"CREATE INDEX here_by ON here ({', '.join(names[:-1])})")


def _take(staging: Staging, kind: str, same: str) -> None:
    """Link the new and returned records of a kind to the rows in `here` that are the same, SQL over `t` and `h`."""
    if not staging.value("SELECT 1 FROM here LIMIT 1"):
        return
    for which in (
        f'FROM "told_{kind}" t, here h WHERE {is_new(kind)}',
        f"FROM diff d, \"told_{kind}\" t, here h WHERE d.kind = '{kind}' AND d.state = 'returned'"
        " AND t.key = d.key AND h.id <> d.oid",
    ):
        staging.run(
            f"INSERT OR IGNORE INTO matched SELECT '{kind}', t.key, min(h.id) {which} AND {same} GROUP BY t.key"
        )
    _take_matched(staging, kind)


def _take_matched(staging: Staging, kind: str) -> None:
    staging.run(
        "UPDATE diff SET state = 'adopted', oid = m.id FROM matched m"
        " WHERE diff.kind = ? AND diff.state = 'returned' AND m.kind = diff.kind AND m.key = diff.key",
        [kind],
    )
    staging.run(
        f"INSERT INTO diff SELECT m.kind, m.key, 'adopted', m.id, NULL, {as_values(kind)}"
        f' FROM matched m JOIN "told_{kind}" t ON t.key = m.key WHERE m.kind = ? AND {is_new(kind)}',
        [kind],
    )
    staging.run("INSERT OR REPLACE INTO oid SELECT kind, key, id FROM matched WHERE kind = ?", [kind])
    staging.new.pop(kind, None)


def _same_partners(partners: list[tuple[str, str]]) -> str:
    """SQL: the told record names the people and classes that the row in `here` joins."""
    return " AND ".join(
        f"h.{letter} IS (SELECT o.id FROM oid o WHERE o.kind = '{partner}' AND o.key = t.\"{field}\")"
        for letter, (partner, field) in zip("abc", partners, strict=False)
    )


def _addresses(staging: Staging, school: School) -> None:
    """Numbers and mailboxes the school has; and who is already reached there."""
    rows = Address.objects.in_school(school).exclude(value="").values_list("channel", "value", "pk")
    staging.run("BEGIN")
    staging.db.executemany("INSERT INTO address VALUES (?, ?, ?)", rows.iterator(CHUNK))
    staging.run("COMMIT")
    points = ContactPoint.objects.in_school(school).filter(ended_at=None).exclude(guardian=None)
    _here(staging, points.values_list("guardian_id", "address_id", "pk").iterator(CHUNK), 3)
    guardian = "(SELECT o.id FROM oid o WHERE o.kind = 'guardian' AND o.key = t.guardian)"
    address = "(SELECT a.id FROM address a WHERE a.channel = t.channel AND a.value = t.value)"
    _take(staging, "contact", f"h.a = {guardian} AND h.b = {address}")


def _restrictions(staging: Staging, school: School) -> None:
    """A restriction in force on the same tie in the same scope is that restriction."""
    model = BY_KIND["restriction"].model
    rows = model._default_manager.filter(school=school, lifted_at=None)
    _here(staging, rows.values_list("guardianship_id", "scope", "pk").iterator(CHUNK), 3)
    tie = "(SELECT o.id FROM oid o WHERE o.kind = 'tie' AND o.key = t.guardian || '|' || t.student)"
    _take(staging, "restriction", f"h.a = {tie} AND h.b = t.scope")
