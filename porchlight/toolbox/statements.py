"""Statements that are asked again and again: read and planned once by the database, for many uses.

Django writes values into the text of a statement, so that PostgreSQL reads and plans every one of them anew; for
the outbox's statements that is more work than carrying them out. Here values travel beside a statement that the
server has prepared. Connections, transactions and errors are Django's as everywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from threading import local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

type Statement = tuple[str, Mapping[str, Any]]


class _Asked(local):
    """How often this thread, which has its own connection, asked each statement, and what it has still to send."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.before: dict[str, Statement] = {}  # by connection: goes with the next statement, and ahead of it


_asked = _Asked()


def ask(sql: str, values: Mapping[str, Any], *, using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """Carry out one statement, with named places as `%(name)s`. Returns the rows it gives, if any."""
    here = connections[using]
    if here.vendor == "postgresql":
        return _prepared(here, sql, values)
    with here.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


@contextmanager
def sent_along(sql: str, values: Mapping[str, Any], *, using: str) -> Iterator[None]:
    """A statement whose answer nobody reads, ahead of the block's first one and in the same journey to the server.

    Each journey there and back takes as long as a small statement itself. On PostgreSQL alone, and only while a
    transaction is beginning: what the block does not send by `ask()` is preceded by it just as well.
    """
    _asked.before[using] = (sql, values)

    def ahead(carry_out: Callable[..., Any], *rest: Any) -> Any:
        if (waits := _asked.before.pop(using, None)) is not None:
            _prepared(connections[using], *waits)
        return carry_out(*rest)

    try:
        with connections[using].execute_wrapper(ahead):
            yield
    finally:
        _asked.before.pop(using, None)


def _prepared(here: Any, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    here.ensure_connection()
    waits = _asked.before.pop(here.alias, None)
    with here.wrap_database_errors:
        if waits is None:
            cursor = _carry_out(here.connection, sql, values)
        else:
            with here.connection.pipeline():
                _carry_out(here.connection, *waits)
                cursor = _carry_out(here.connection, sql, values)
        result = cursor.pgresult
        return cursor.fetchall() if result is not None and result.nfields else []


def _carry_out(connection: Any, sql: str, values: Mapping[str, Any]) -> Any:
    from psycopg import RawCursor  # a twelfth of every start, and of no use on SQLite

    text, names = _numbered(sql, _plan(sql))
    cursor = RawCursor(connection)
    cursor.execute(text, [values[name] for name in names])
    return cursor


@lru_cache(maxsize=512)
def _numbered(sql: str, plan: int) -> tuple[bytes, tuple[str, ...]]:
    """The statement as the server reads it, with places `$1`, `$2`, …, and the names of these."""
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    text = re.sub(r"%%|%\((\w+)\)s", place, sql)
    return f"{text} -- plan {plan}".encode(), tuple(names)


def _plan(sql: str) -> int:
    """Which plan of this statement: a new one after 2, 8, 32, 128 … uses.

    A plan is made for tables as they are, and ours grow with what we do: on a school's first day a good way through
    ten rows would be kept for ten thousand.
    """
    _asked.times[sql] += 1
    return _asked.times[sql].bit_length() // 2
