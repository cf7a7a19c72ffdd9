"""New rows out of staging: one query a kind, straight into our tables, each row knowing the ids of its partners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from porchlight.families.models import Address, Consent
from porchlight.rosters.models import RosterImport, RosterLink
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.targets import TARGETS
from porchlight.rosters.writing import insert, moment, reserve
from porchlight.schools.models import School, StaffRole
from porchlight.toolbox.keys import random_keys

NEW = (
    "JOIN diff d ON d.kind = '{kind}' AND d.key = t.key AND d.state = 'added'"
    " JOIN oid i ON i.kind = d.kind AND i.key = d.key"
)
WORDING = "Given to the school for its roll; the family may stop it at any time."


@dataclass(frozen=True, slots=True)
class Insertion:
    """Where a kind's new rows go: column → SQL over the told record `t` and its new id `i`."""

    columns: dict[str, str]
    joins: str = ""


def _partner(kind: str, told: str) -> str:
    return f"(SELECT o.id FROM oid o WHERE o.kind = '{kind}' AND o.key = t.\"{told}\")"


def _text(told: str, longest: int) -> str:
    return f"substr(coalesce(t.{told}, ''), 1, {longest})"


KEYED = {"key": "random_key()"}
SINCE = {"since": "nullif(t.since, '')", "until": "nullif(t.until, '')"}
INSERTIONS = {
    "term": Insertion(
        {
            "name": _text("name", 100),
            "starts_on": "t.starts_on",
            "ends_on": "t.ends_on",
            "source_id": "t.key",
        }
    ),
    "class": Insertion(
        {**KEYED, "name": _text("name", 100), "year": _text("year", 40), "source_id": "t.key"}
    ),
    "staff": Insertion(
        {
            **KEYED,
            "name": _text("name", 200),
            "email": _text("email", 254),
            "source_id": "t.key",
            "created_at": ":now",
        }
    ),
    "student": Insertion(
        {
            **KEYED,
            "name": _text("name", 200),
            "called": _text("called", 100),
            "source_id": "t.key",
            "created_at": ":now",
        }
    ),
    "guardian": Insertion(
        {
            **KEYED,
            "name": _text("name", 200),
            "addressed_as": _text("addressed_as", 200),
            "speaks": "coalesce(t.speaks, :language)",
            "reads": "coalesce(t.reads, '')",
            "script": "coalesce(t.script, '')",
            "access_needs": "coalesce(t.access_needs, '[]')",
            "may_ring": "coalesce(t.may_ring, 'anyone')",
            "ring_from": "nullif(t.ring_from, '')",
            "ring_until": "nullif(t.ring_until, '')",
            "timezone": "coalesce(t.timezone, '')",
            "source_id": "t.key",
            "created_at": ":now",
        }
    ),
    "home": Insertion({**KEYED, "label": _text("label", 200), "source_id": "t.key", "created_at": ":now"}),
    "tie": Insertion(
        {
            **KEYED,
            "guardian_id": _partner("guardian", "guardian"),
            "student_id": _partner("student", "student"),
            "relation": "coalesce(t.relation, 'guardian')",
            "may_receive": "coalesce(t.may_receive, '1')",
            "may_see_records": "coalesce(t.may_see_records, '1')",
            "may_collect": "coalesce(t.may_collect, '1')",
        }
    ),
    "member": Insertion(
        {
            "household_id": _partner("home", "home"),
            "student_id": _partner("student", "student"),
            "guardian_id": _partner("guardian", "guardian"),
        }
    ),
    "contact": Insertion(
        {
            **KEYED,
            "address_id": "a.id",
            "guardian_id": _partner("guardian", "guardian"),
            "rank": "t.rank",
            "consented": "t.consented",
            "created_at": ":now",
        },
        "JOIN address a ON a.channel = t.channel AND a.value = t.value",
    ),
    "enrolment": Insertion(
        {"student_id": _partner("student", "student"), "school_class_id": _partner("class", "class"), **SINCE}
    ),
    "teaching": Insertion(
        {
            "staff_id": _partner("staff", "staff"),
            "school_class_id": _partner("class", "class"),
            "is_lead": "t.is_lead",
            **SINCE,
        }
    ),
    "restriction": Insertion(
        {
            "guardianship_id": "(SELECT o.id FROM oid o WHERE o.kind = 'tie'"
            " AND o.key = t.guardian || '|' || t.student)",
            "scope": "t.scope",
            "evidence": "coalesce((SELECT e.words FROM evidence e WHERE e.key = t.key), '')",
            "set_by_id": ":by",
            "set_at": ":now",
            **SINCE,
        }
    ),
}


def add(
    staging: Staging, school: School, run: RosterImport, *, now: datetime, step: Callable[[str], None]
) -> None:
    """Write every record in state `added`, then the links of all that is added or adopted."""
    keys = random_keys()
    staging.db.create_function("random_key", 0, lambda: next(keys))
    known = {"school": school.pk, "now": moment(now), "language": school.language, "by": run.applied_by_id}
    for target in TARGETS:
        if target.kind == "contact":
            _addresses(staging, known)
        new = staging.value("SELECT count(*) FROM diff WHERE kind = ? AND state = 'added'", [target.kind])
        if new:
            step(target.kind)
            _rows(staging, target.kind, target.model, int(new), known)
    _staff_roles(staging, known)
    _consents(staging, known)
    step("link")
    _links(staging, run)


def _rows(staging: Staging, kind: str, model: type[models.Model], new: int, known: dict[str, Any]) -> None:
    _number(staging, kind, reserve(model, new))
    columns = {"id": "i.id", "school_id": ":school", **INSERTIONS[kind].columns}
    columns |= {name: value for name, value in _empty(model).items() if name not in columns}
    _copy(staging, model, columns, f'"told_{kind}" t {NEW.format(kind=kind)} {INSERTIONS[kind].joins}', known)


def _number(staging: Staging, kind: str, ids: Iterator[int]) -> None:
    """Give the new records of a kind their ids, in the order of the file."""
    pairs = staging.run("SELECT key FROM diff WHERE kind = ? AND state = 'added' ORDER BY line, key", [kind])
    staging.run("CREATE TABLE numbered (kind TEXT, key TEXT, id INTEGER)")
    staging.fill("numbered", 3, ((kind, row[0], next(ids)) for row in pairs))
    staging.run("INSERT OR REPLACE INTO oid SELECT * FROM numbered")
    staging.run("DROP TABLE numbered")


def _copy(
    staging: Staging, model: type[models.Model], columns: dict[str, str], source: str, known: dict[str, Any]
) -> None:
    values = ", ".join(columns.values())
    insert(model, list(columns), staging.run(f"SELECT {values} FROM {source}", known))


def _empty(model: type[models.Model]) -> dict[str, str]:
    """Columns a new row leaves empty: NULL where that is allowed, else an empty text or no."""
    empty: dict[str, str] = {}
    for column in model._meta.local_concrete_fields:
        if not column.primary_key and column.column and column.name not in {"school", "key"}:
            missing = "'0'" if isinstance(column, models.BooleanField) else "''"
            empty[column.column] = "NULL" if column.null else missing
    return empty


def _addresses(staging: Staging, known: dict[str, Any]) -> None:
    """Each number or mailbox once in a school, whoever shares it."""
    new = staging.run(
        "SELECT DISTINCT t.channel, t.value FROM told_contact t JOIN diff d ON d.kind = 'contact' AND d.key = t.key"
        " AND d.state = 'added' LEFT JOIN address a ON a.channel = t.channel AND a.value = t.value"
        " WHERE a.id IS NULL ORDER BY t.line"
    ).fetchall()
    staging.run("CREATE TABLE fresh_address (channel TEXT, value TEXT, id INTEGER)")
    staging.run("BEGIN")
    ids = reserve(Address, len(new))
    staging.db.executemany("INSERT INTO fresh_address VALUES (?, ?, ?)", ((*row, next(ids)) for row in new))
    staging.run("INSERT INTO address SELECT * FROM fresh_address")
    staging.run("COMMIT")
    columns = {
        "id": "f.id",
        "school_id": ":school",
        "key": "random_key()",
        "channel": "f.channel",
        "value": "f.value",
        "state": "'good'",
        "created_at": ":now",
    }
    columns |= {name: value for name, value in _empty(Address).items() if name not in columns}
    _copy(staging, Address, columns, "fresh_address f", known)


def _consents(staging: Staging, known: dict[str, Any]) -> None:
    """One line of the ledger for each new contact the family agreed to."""
    columns = {
        "school_id": ":school",
        "contact_point_id": "i.id",
        "given": "'1'",
        "source": "'school roster'",
        "wording": f"'{WORDING}'",
        "recorded_by_id": ":by",
        "at": ":now",
    }
    source = f"told_contact t {NEW.format(kind='contact')} WHERE t.consented = '1'"
    _copy(staging, Consent, columns, source, known)


def _staff_roles(staging: Staging, known: dict[str, Any]) -> None:
    told = staging.run(
        f"SELECT i.id, t.roles FROM told_staff t {NEW.format(kind='staff')} WHERE t.roles <> ''"
    )
    StaffRole.objects.bulk_create(
        StaffRole(school_id=known["school"], staff_id=staff, role=role)
        for staff, roles in told.fetchall()
        for role in roles.split()
    )


def _links(staging: Staging, run: RosterImport) -> None:
    columns = {
        "school_id": ":school",
        "source": ":source",
        "kind": "d.kind",
        "record_key": "d.key",
        "object_id": "i.id",
        "values": "d.vals",
        "adopted": "'0'",
        "added_in_id": ":run",
        "gone_in_id": "NULL",
    }
    known = {"school": run.school_id, "source": run.source, "run": run.pk}
    source = "diff d JOIN oid i ON i.kind = d.kind AND i.key = d.key WHERE d.state = 'added'"
    _copy(staging, RosterLink, columns, source, known)
