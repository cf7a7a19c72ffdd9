"""Which row of ours each told record is: those we have, and the ids that new ones will get when they are written.

SQLite has one writer, so there a new record's id is its place among those of its kind, counted on from the last id.
PostgreSQL hands ids out one by one; a table of staging, `fresh`, keeps them by place.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from porchlight.rosters.adopting import how_many_new, is_new
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.writing import first_free, reserve


class Ids:
    """SQL for ids of told records."""

    def __init__(self, staging: Staging) -> None:
        self.staging = staging
        self.before = {row[0] for row in staging.rows("SELECT DISTINCT kind FROM oid")}
        self._first: dict[str, int] = {}  # kind → id before that of its first record
        self._free: dict[type[models.Model], int] = {}
        staging.run(
            "CREATE TABLE fresh (kind TEXT, place INTEGER, id INTEGER, PRIMARY KEY (kind, place)) WITHOUT ROWID"
        )

    def number(self, kind: str, model: type[Any], table: str = "") -> int:
        """Give the new records of a kind, or all rows of a table of staging, their ids. Returns how many there are."""
        new = "1" if table else self.is_new(kind)
        found = (
            int(self.staging.value(f'SELECT count(*) FROM "{table}"'))
            if table
            else how_many_new(self.staging, kind)
        )
        table = table or f"told_{kind}"
        if not found:
            return 0
        if connection.vendor == "sqlite":
            free = self._free.get(model) or first_free(model)
            self._first[kind] = free - 1
            self._free[model] = free + int(self.staging.value(f'SELECT max(rowid) FROM "{table}"'))
        else:
            self._first[kind] = 0
            ids = reserve(model, found)
            places = self.staging.run(
                f'SELECT t.rowid FROM "{table}" t WHERE {new} ORDER BY t.rowid'
            ).fetchall()
            self.staging.fill("fresh", ["kind", "place", "id"], ((kind, row[0], next(ids)) for row in places))
        return found

    def is_new(self, kind: str) -> str:
        """SQL over a told record `t`: it is written by this import."""
        return is_new(kind) if kind in self.before else "1"

    def of_new(self, kind: str, place: str = "t.rowid") -> str:
        """SQL: the id of the new record at this place."""
        if connection.vendor == "sqlite":
            return f"({self._first.get(kind, 0)} + {place})"
        return f"(SELECT f.id FROM fresh f WHERE f.kind = '{kind}' AND f.place = {place})"

    def of(self, kind: str, key: str, place: str = "") -> str:
        """SQL: the id of the record with this key (SQL too), whether it was here or is new.

        `place` is where it stands among those of its kind, where a roster told it.
        """
        found = []
        if kind in self.before:
            found.append(f"(SELECT o.id FROM oid o WHERE o.kind = '{kind}' AND o.key = {key})")
        if kind in self._first:
            if place:
                found.append(self.of_new(kind, place))
            new = self.of_new(kind, "p.rowid")
            found.append(f'(SELECT {new} FROM "told_{kind}" p WHERE p.key = {key})')
        return f"coalesce({', '.join([*found, 'NULL'])})" if found else "NULL"
