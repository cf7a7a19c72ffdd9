"""Statements that are asked again and again: read and planned once by the database, for many uses.

Django writes values into the text of a statement, so that PostgreSQL reads and plans every one of them anew; for
the outbox's statements that is more work than carrying them out. Here values travel beside a statement that the
server has prepared. Connections, transactions and errors are Django's as everywhere.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from threading import local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

WELL_KNOWN = 2  # of `_plan()`: a page's question is prepared when it is asked the eighth time
PLAIN = re.compile(r"[a-z0-9_]*")  # what a word of ours is made of; anybody else's travels beside
MOST_COUNTED = 4096  # statements: what stands in them may differ by colleague and day


class _Asked(local):
    """How often this thread, which has its own connection, asked each statement."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()


_asked = _Asked()


def ask(sql: str, values: Mapping[str, Any], *, using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """Carry out one statement, with named places as `%(name)s`. Returns the rows it gives, if any."""
    here = connections[using]
    if here.vendor == "postgresql":
        return _prepared(here, sql, values)
    with here.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _prepared(here: Any, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    from psycopg import RawCursor  # a twelfth of every start, and of no use on SQLite

    here.ensure_connection()
    text, names = _numbered(sql, _plan(sql))
    with here.wrap_database_errors:
        cursor = RawCursor(here.connection)
        cursor.execute(text, [values[name] for name in names])
        result = cursor.pgresult
        return cursor.fetchall() if result is not None and result.nfields else []


def ask_as_django(here: Any, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Carry out a statement of Django's, its places as `%s`, and count it as Django does. Returns the rows it gives.

    One that this thread asked a few times already is prepared, where the database keeps such statements apart.
    """
    with here.cursor() as cursor:
        if here.vendor != "postgresql" or (plan := _plan(sql)) < WELL_KNOWN:
            cursor.execute(sql, values)
        else:
            from psycopg import RawCursor  # see above

            cursor.cursor.close()
            cursor.cursor = RawCursor(here.connection)
            cursor.execute(_counted(sql, plan), values)
        return list(cursor.fetchall())


def with_its_own_words(sql: str, values: Iterable[Any]) -> tuple[str, tuple[Any, ...]]:
    """The statement with plain words that never change written into it, and the values that are left beside it.

    An index over some rows only ("kind = 'good_news'") is of use where a database sees that the statement asks for no
    others; it does not see it in a value that travels beside.
    """
    given, beside = iter(values), []

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        value = next(given)
        if isinstance(value, str) and PLAIN.fullmatch(value):
            return f"'{value!s}'"
        beside.append(value)
        return "%s"

    return re.sub(r"%%|%s", place, sql), tuple(beside)


def begin_with(statement: str, *, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Begin the transaction and carry out a first short statement without values, in one journey to PostgreSQL.

    Returns False, and does nothing, where there is no transaction that is about to begin in the usual way: then ask.
    """
    here = connections[using]
    connection = here.connection
    if here.vendor != "postgresql" or connection is None or connection.autocommit:
        return False
    if connection.isolation_level is not None or connection.info.transaction_status:  # 0: none has begun
        return False
    from psycopg.errors import OperationalError, error_from_result  # see above
    from psycopg.pq import DiagnosticField, ExecStatus

    with here.wrap_database_errors:
        result = connection.pgconn.exec_(f"BEGIN; {statement}".encode())
        if result.status != ExecStatus.COMMAND_OK:
            if result.error_field(DiagnosticField.SQLSTATE) is None:  # not the server's word: it is gone
                raise OperationalError(result.get_error_message())
            raise error_from_result(result)
    return True


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


@lru_cache(maxsize=512)
def _counted(sql: str, plan: int) -> str:
    """As `_numbered()`, of places that have no names."""
    count = itertools.count(1)
    text = re.sub(r"%%|%s", lambda found: "%" if found[0] == "%%" else f"${next(count)}", sql)
    return f"{text} -- plan {plan}"


def _plan(sql: str) -> int:
    """Which plan of this statement: a new one after 2, 8, 32, 128 … uses.

    A plan is made for tables as they are, and ours grow with what we do: on a school's first day a good way through
    ten rows would be kept for ten thousand.
    """
    if len(_asked.times) > MOST_COUNTED:
        _asked.times.clear()
    _asked.times[sql] += 1
    return _asked.times[sql].bit_length() // 2
