"""Many rows at once, at the speed of the database instead of the ORM's: a town's first import writes half a million.

Rows come out of the staging file as text and numbers, already checked; the database's own constraints, keys and wall
hold as for any other row. SQLite reads the staging file itself, so that no row passes through Python; PostgreSQL gets
them by COPY.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection, models

from porchlight.rosters.reading.staging import Staging

BATCH = 2_000
CACHE = 64 << 10  # KB of SQLite pages kept while importing; indexes over random keys need them
READING = 16 << 10  # KB of the staging file's
ATTACHED = "roster_staging"


class Writer:
    """Takes rows from staging to our tables. Make it inside the import's transaction, after staging's last change."""

    def __init__(self, staging: Staging, functions: Mapping[str, Callable[[], Any]]) -> None:
        """`functions` are those of staging, which SQL may call here too."""
        self.staging = staging
        # What is attached in somebody else's transaction could not be let go at the end of ours.
        self.attached = connection.vendor == "sqlite" and not connection.savepoint_ids
        if self.attached:
            connection.connection.execute(f"ATTACH DATABASE ? AS {ATTACHED}", [str(staging.path)])
            connection.connection.execute(f"PRAGMA {ATTACHED}.cache_size = -{READING}")
            for name, function in functions.items():
                connection.connection.create_function(name, 0, function)

    def copy(
        self, model: type[models.Model], columns: Mapping[str, str], source: str, known: Mapping[str, Any]
    ) -> None:
        """Add rows to a model's table: column → SQL over `source`, in which `known` values have names."""
        names = ", ".join(f'"{column}"' for column in columns)
        select = f"SELECT {', '.join(columns.values())} FROM {source}"
        if self.attached:
            table = f'main."{model._meta.db_table}"'
            connection.connection.execute(f"INSERT INTO {table} ({names}) {select}", known)
        else:
            _by_rows(model._meta.db_table, names, len(columns), self.staging.run(select, known))


def _by_rows(table: str, names: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    if connection.vendor == "sqlite":
        marks = ", ".join("?" * width)
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


def first_free(model: type[models.Model]) -> int:
    """On SQLite: the id its next row would get. The import's transaction holds the only pen."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT max(coalesce((SELECT max(id) FROM "{table}"), 0),'
            " coalesce((SELECT seq FROM sqlite_sequence WHERE name = %s), 0))",
            [table],
        )
        return int(cursor.fetchone()[0]) + 1


def reserve(model: type[models.Model], how_many: int) -> Iterator[int]:
    """On PostgreSQL: ids for new rows, known before they are written so that rows may point at one another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [f'"{model._meta.db_table}"', how_many],
        )
        while rows := cursor.fetchmany(BATCH):
            yield from (int(row[0]) for row in rows)


def moment(value: datetime) -> str:
    """A moment as `copy` takes it."""
    adapted = connection.ops.adapt_datetimefield_value(value)
    return adapted if isinstance(adapted, str) else value.isoformat()


@contextmanager
def roomy() -> Iterator[None]:
    """Around an import's transaction: more of SQLite's pages in memory, and afterwards no staging file attached."""
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
            cursor.execute("PRAGMA database_list")
            if any(row[1] == ATTACHED for row in cursor.fetchall()):
                cursor.execute(f"DETACH DATABASE {ATTACHED}")


def in_batches[T](rows: Iterable[T], size: int = 500) -> Iterator[tuple[T, ...]]:
    """Rows by the handful, for queries that name them."""
    yield from batched(rows, size)
