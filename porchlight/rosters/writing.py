"""Many rows at once, at the speed of the database instead of the ORM's: a town's first import writes half a million.

Rows come as text and numbers, in the order of `columns`, already checked; the database's own constraints, keys and
wall hold as for any other row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection, models

BATCH = 2_000
CACHE = 64 << 10  # KB of SQLite pages kept while importing; indexes over random keys need them


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to a model's table. Call it inside the import's transaction."""
    table = model._meta.db_table
    names = ", ".join(f'"{column}"' for column in columns)
    if connection.vendor == "sqlite":
        marks = ", ".join("?" * len(columns))
        connection.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
        return
    # COPY is refused on tables with row-level security, so rows go by way of a table that dies with the transaction.
    with connection.cursor() as cursor:
        cursor.execute(
            f'CREATE TEMPORARY TABLE roster_rows ON COMMIT DROP AS SELECT {names} FROM "{table}" WITH NO DATA'
        )
        with cursor.cursor.copy(f"COPY roster_rows ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM roster_rows')
        cursor.execute("DROP TABLE roster_rows")


def reserve(model: type[models.Model], how_many: int) -> Iterator[int]:
    """Ids for new rows, known before they are written so that rows may point at one another."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # the import's transaction holds the only pen
            cursor.execute(
                f'SELECT max(coalesce((SELECT max(id) FROM "{table}"), 0),'
                " coalesce((SELECT seq FROM sqlite_sequence WHERE name = %s), 0))",
                [table],
            )
            first = int(cursor.fetchone()[0]) + 1
            yield from range(first, first + how_many)
            return
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [f'"{table}"', how_many],
        )
        while rows := cursor.fetchmany(BATCH):
            yield from (int(row[0]) for row in rows)


def moment(value: datetime) -> Any:
    """A moment as `insert` takes it."""
    adapted = connection.ops.adapt_datetimefield_value(value)
    return adapted if isinstance(adapted, str) else value


@contextmanager
def roomy() -> Iterator[None]:
    """More of SQLite's pages in memory while many rows are written."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA cache_size = -{CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def in_batches[T](rows: Iterable[T], size: int = 500) -> Iterator[tuple[T, ...]]:
    """Rows by the handful, for queries that name them."""
    yield from batched(rows, size)
