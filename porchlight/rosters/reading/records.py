"""The school as a source tells it: one staged table a kind, each record with a key that stays the same next time.

NULL in a field means "the source says nothing", and nothing is then what it changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from porchlight.rosters.reading.staging import Staging


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record."""

    name: str
    fields: tuple[str, ...]
    tables: tuple[str, ...] = ()  # the OneRoster files that must be whole before an absence means "gone"
    partners: tuple[
        str, ...
    ] = ()  # fields that name a record; where a roster tells it, `<field>_at` is its place

    @property
    def table(self) -> str:
        """Its staged table: key, line, then the fields."""
        return f"told_{self.name}"


KINDS = (
    Kind("term", ("name", "starts_on", "ends_on")),  # terms are never removed: dates stay true
    Kind("class", ("name", "year"), ("classes",)),
    Kind("staff", ("name", "email", "roles"), ("users", "roles")),
    Kind("student", ("name", "called"), ("users", "roles")),
    Kind(
        "guardian",
        (
            *("name", "addressed_as", "speaks", "reads", "script", "access_needs"),
            *("may_ring", "ring_from", "ring_until", "timezone"),
        ),
        ("users", "roles"),
    ),
    Kind("home", ("label",)),
    Kind(
        "tie",
        ("guardian", "student", "relation", "may_receive", "may_see_records", "may_collect", "stated_by"),
        ("users", "roles"),
        ("guardian", "student"),
    ),
    Kind("member", ("home", "student", "guardian"), (), ("home", "student", "guardian")),
    Kind("contact", ("guardian", "channel", "value", "rank", "consented"), ("users", "roles"), ("guardian",)),
    Kind(
        "enrolment",
        ("student", "class", "since", "until"),
        ("enrollments", "classes", "users", "roles"),
        ("student", "class"),
    ),
    Kind(
        "teaching",
        ("staff", "class", "is_lead", "since", "until"),
        ("enrollments", "classes", "users", "roles"),
        ("staff", "class"),
    ),
    Kind("restriction", ("guardian", "student", "scope", "evidence_mark", "since", "until")),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def create_tables(staging: Staging) -> None:
    """Empty told tables, whose `rowid` is the record's place among those of its kind.

    The evidence of a restriction has a table of its own and never reaches a link.
    """
    for kind in KINDS:
        fields = [f'"{field}" TEXT' for field in kind.fields]
        fields += [f'"{field}_at" INTEGER' for field in kind.partners]
        staging.run(f'CREATE TABLE "{kind.table}" (key TEXT, line INTEGER, {", ".join(fields)})')
    staging.run(
        "CREATE TABLE post (user INTEGER, post TEXT, word TEXT, said_by TEXT)"
    )  # who is what, and who says so
    staging.run("CREATE TABLE gone (file TEXT, id TEXT, a TEXT, b TEXT)")  # rows marked as deleted
    staging.run("CREATE TABLE evidence (key TEXT PRIMARY KEY, words TEXT)")
    staging.run("CREATE TABLE refused (key TEXT PRIMARY KEY)")  # contacts whose adult said no


def index_keys(staging: Staging) -> None:
    """From now on records are found by their keys, and each key is there once. A first roster does without."""
    for kind in KINDS:
        staging.run(f'CREATE UNIQUE INDEX IF NOT EXISTS "{kind.table}_key" ON "{kind.table}" (key)')


def tell(staging: Staging, kind: str, *values: Any, again: str = "ABORT") -> None:
    """Add a record: its key, its line, its fields. `again="IGNORE"` when it may be there already."""
    names = ", ".join(f'"{name}"' for name in ("key", "line", *BY_NAME[kind].fields))
    marks = ", ".join("?" * len(values))
    staging.run(f'INSERT OR {again} INTO "told_{kind}" ({names}) VALUES ({marks})', values)


def tells_anything(staging: Staging) -> bool:
    """Whether any record was told."""
    return any(staging.value(f'SELECT 1 FROM "{kind.table}" LIMIT 1') for kind in KINDS)


def count(staging: Staging) -> dict[str, int]:
    """How many records of each kind were told."""
    return {kind.name: int(staging.value(f'SELECT count(*) FROM "{kind.table}"')) for kind in KINDS}
