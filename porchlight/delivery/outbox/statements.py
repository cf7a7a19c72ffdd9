"""How the hot path speaks to the database: few statements, each for many rows, read and planned once for many uses.

Django writes values into the text of a statement, so that PostgreSQL reads and plans every one of them anew; for
statements of this size that is more work than carrying them out. Here values travel beside a statement that the
server has prepared. Transactions, the wall and errors are Django's as everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from threading import local
from typing import Any

import psycopg
from django.db import connection


class _Asked(local):
    """How often this thread, which has its own connection, asked each statement."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()


_asked = _Asked()


def ask(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Carry out one statement, with named places as `%(name)s`. Returns the rows it gives, if any."""
    if connection.vendor == "postgresql":
        return _prepared(sql, values)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _prepared(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = psycopg.Cursor(connection.connection)
        cursor.execute(f"{sql} -- plan {_plan(sql)}".encode(), values)
        return cursor.fetchall() if cursor.description else []


def _plan(sql: str) -> int:
    """Which plan of this statement: a new one after 2, 8, 32, 128 … uses.

    A plan is made for tables as they are, and ours grow with what we do: on a school's first day a good way through
    ten rows would be kept for ten thousand.
    """
    _asked.times[sql] += 1
    return _asked.times[sql].bit_length() // 2
