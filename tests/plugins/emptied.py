"""After a test with real transactions on SQLite, only the tables that hold rows are emptied; Django's own way asks all.

Theirs empties every table and then brings in anew what migrations had written: a tenth of a second for each such test.
As on PostgreSQL (`postgres.py`), what migrations wrote stays.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase

_usual = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django has no other place for it
_kept: set[str] = set()  # tables that held rows before the first test


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Note what the new database holds."""
    with django_db_blocker.unblock():
        for connection in connections.all():
            if connection.vendor == "sqlite":
                _kept.update(_with_rows(connection, connection.introspection.table_names()))


@pytest.fixture(autouse=True, scope="session")
def _emptied_quickly() -> None:
    TransactionTestCase._fixture_teardown = _empty  # type: ignore[attr-defined]  # see above


def _empty(self: Any) -> None:
    if any(connections[name].vendor != "sqlite" for name in self._databases_names(include_mirrors=False)):
        _usual(self)
        return
    for name in self._databases_names(include_mirrors=False):
        connection = connections[name]
        tables = set(connection.introspection.table_names()) - _kept
        with connection.constraint_checks_disabled(), connection.cursor() as cursor:
            for table in _with_rows(connection, sorted(tables)):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _with_rows(connection: Any, tables: list[str]) -> list[str]:
    """Which of them hold any. Asked in parts: SQLite joins five hundred at most."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for start in range(0, len(tables), 200):
            asked = (
                f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})"
                for table in tables[start : start + 200]
            )
            cursor.execute(" UNION ALL ".join(asked))
            found += [name for (name,) in cursor.fetchall()]
    return found
