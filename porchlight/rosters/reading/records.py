"""The school as a source tells it: one staged table a kind, each record with a key that stays the same next time.

NULL in a field means "the source says nothing", and nothing is then what it changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from porchlight.rosters.reading.staging import Staging


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record."""

    name: str
    fields: tuple[str, ...]
    tables: tuple[str, ...] = ()  # the OneRoster files that must be whole before an absence means "gone"

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
    ),
    Kind("member", ("home", "student", "guardian")),
    Kind("contact", ("guardian", "channel", "value", "rank", "consented"), ("users", "roles")),
    Kind("enrolment", ("student", "class", "since", "until"), ("enrollments", "classes", "users", "roles")),
    Kind(
        "teaching",
        ("staff", "class", "is_lead", "since", "until"),
        ("enrollments", "classes", "users", "roles"),
    ),
    Kind("restriction", ("guardian", "student", "scope", "evidence_mark", "since", "until")),
)
BY_NAME = {kind.name: kind for kind in KINDS}
SEPARATOR = "|"  # between the parts of a key


def create_tables(staging: Staging) -> None:
    """Empty told tables; the evidence of a restriction has one of its own and never reaches a link."""
    for kind in KINDS:
        fields = ", ".join(f'"{field}" TEXT' for field in kind.fields)
        staging.run(
            f'CREATE TABLE "{kind.table}" (key TEXT PRIMARY KEY, line INTEGER, {fields}) WITHOUT ROWID'
        )
    staging.run(
        "CREATE TABLE post (user TEXT, post TEXT, word TEXT, said_by TEXT)"
    )  # who is what, and who says so
    staging.run("CREATE TABLE gone (file TEXT, id TEXT, a TEXT, b TEXT)")  # rows marked as deleted
    staging.run("CREATE TABLE evidence (key TEXT PRIMARY KEY, words TEXT)")


def count(staging: Staging) -> dict[str, int]:
    """How many records of each kind were told."""
    return {kind.name: int(staging.value(f'SELECT count(*) FROM "{kind.table}"')) for kind in KINDS}
