"""Databases for the bench: a staged outbox that is copied for each slice, and what the bench asks of a copy.

The bench watches on connections of its own, which are not counted. On PostgreSQL both it and Porchlight come as
the application's role, behind the wall.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.plugins import postgres as servers

# What the bench asks, in words both databases understand.
LIFT = "UPDATE delivery_killswitch SET lifted_at = set_at"
BEATS = "SELECT count(*) FROM operations_heartbeat"
LAST_ONE = "SELECT status FROM delivery_delivery ORDER BY id DESC LIMIT 1"  # asked often, so it costs little
DELIVERED = "SELECT count(*) FROM delivery_delivery WHERE status = 3"
NOT_UNDERSTOOD = "SELECT count(*) FROM delivery_inboundevent WHERE outcome <> 'joined'"
TRIES = "SELECT sum(tries) FROM delivery_delivery"


class Copy(Protocol):
    """One slice's own database, with a staged outbox in it."""

    url: str

    def ask(self, question: str) -> int:
        """One number."""

    def change(self, statement: str) -> None:
        """One statement, kept."""

    def processes(self) -> Mapping[str, set[int]]:
        """The database's own processes by group; the bench's connection is not among them."""


class Place(Protocol):
    """A kind of database."""

    name: str
    urls: Mapping[str, str]  # what staging is told

    def staged(self) -> None:
        """Staging is over: what is written now is what copies hold."""

    def copy(self) -> Any:
        """A context manager that gives a Copy."""


@dataclass
class SqliteFile:
    """One slice's file."""

    file: Path

    def __post_init__(self) -> None:
        self.url = f"sqlite:///{self.file}"
        self._connection = sqlite3.connect(self.file, timeout=20, isolation_level=None)

    def ask(self, question: str) -> int:
        return int(self._connection.execute(question).fetchone()[0])

    def change(self, statement: str) -> None:
        self._connection.execute(statement)

    def processes(self) -> Mapping[str, set[int]]:
        return {}  # it lives in the worker and the web server

    def close(self) -> None:
        self._connection.close()


class Sqlite:
    """A file, staged and then copied."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "staged.sqlite3"
        self.urls = {"DATABASE_URL": f"sqlite:///{self._file}"}

    def staged(self) -> None:
        connection = sqlite3.connect(self._file)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    @contextmanager
    def copy(self) -> Iterator[SqliteFile]:
        mine = SqliteFile(
            Path(shutil.copy(self._file, self._folder / f"slice-{secrets.token_hex(4)}.sqlite3"))
        )
        try:
            yield mine
        finally:
            mine.close()
            for file in self._folder.glob(f"{mine.file.name}*"):
                file.unlink()


class PostgresCopy:
    """One slice's database on a server of this machine."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.url = as_installed(name, servers.APPLICATION)
        self._connection = psycopg.connect(self.url, autocommit=True)
        self._connection.execute("SELECT set_config('porchlight.schools', '{1}', false)")
        self._watch = psycopg.connect(
            servers.ADMIN, autocommit=True
        )  # only an administrator sees who works there

    def ask(self, question: str) -> int:
        found = self._connection.execute(question.encode()).fetchone()
        return int(found[0]) if found else 0

    def change(self, statement: str) -> None:
        self._connection.execute(statement.encode())

    def processes(self) -> Mapping[str, set[int]]:
        """Connections of Porchlight to this database; and the server's own writers, which serve every database."""
        rows = self._watch.execute(
            "SELECT pid, backend_type = 'client backend' FROM pg_stat_activity WHERE pid <> %s AND (datname = %s"
            " OR backend_type IN ('checkpointer', 'background writer', 'walwriter'))",
            [self._connection.info.backend_pid, self._name],
        )
        groups: dict[str, set[int]] = {"database": set(), "writers": set()}
        for pid, serves in rows:
            groups["database" if serves else "writers"].add(pid)
        return groups

    def close(self) -> None:
        self._connection.close()
        self._watch.close()


class Postgres:
    """A database made by the tests' administrator, migrated by its owner and used by the application's role."""

    name = "postgresql"

    def __init__(self, name: str) -> None:
        self._name = name
        self.urls = {
            "DATABASE_URL": as_installed(name, servers.APPLICATION),
            "DATABASE_OWNER_URL": as_installed(name, servers.OWNER),
        }

    @classmethod
    @contextmanager
    def there(cls) -> Iterator[Postgres]:
        """Its database lives as long as the block. Raises psycopg.OperationalError when no server answers."""
        name = f"porchlight_bench_{secrets.token_hex(4)}"
        with psycopg.connect(servers.ADMIN, autocommit=True) as admin:
            with servers.alone(admin):
                servers.make_roles(admin)
            servers.create(admin, name, copy_of="template0")
        try:
            yield cls(name)
        finally:
            with psycopg.connect(servers.ADMIN, autocommit=True) as admin:
                servers.drop(admin, name)

    def staged(self) -> None:
        """Count rows and tidy up, as the server's own housekeeping would have by the time anybody sends."""
        with psycopg.connect(self.urls["DATABASE_OWNER_URL"], autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")

    @contextmanager
    def copy(self) -> Iterator[PostgresCopy]:
        name = f"{self._name}_{secrets.token_hex(4)}"
        with psycopg.connect(servers.ADMIN, autocommit=True) as admin:
            servers.create(admin, name, copy_of=self._name)
            try:
                mine = PostgresCopy(name)
                try:
                    yield mine
                finally:
                    mine.close()
            finally:
                servers.drop(admin, name)


def as_installed(name: str, role: str) -> str:
    """The address of a database with the server's own settings, not with those that make tests quick."""
    return urlunsplit(urlsplit(servers.address(name, role))._replace(query=""))
