"""`@pytest.mark.postgres`: the test runs on PostgreSQL, as the application's role, with real transactions.

The server is PORCHLIGHT_TEST_POSTGRES, the address of a role that may create databases and roles. One template
database a run is migrated by an owner role, which builds the wall and lets the application role in; each worker
of the run works in its own copy, emptied after every test. Rows of a school need `school_context()` there, as
they do in production. Where no server answers, the tests say so and are skipped.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from psycopg import sql

from porchlight.config.databases import database
from porchlight.schools.connecting import connected_with
from porchlight.toolbox import statements

ADMIN = os.environ.get("PORCHLIGHT_TEST_POSTGRES") or "postgresql://postgres@127.0.0.1:5432/postgres"
OWNER, APPLICATION = "porchlight_test_owner", "porchlight_test_app"
PASSWORD = hashlib.sha256(ADMIN.encode()).hexdigest()  # as hard to guess as the administrator's own
PREFIX = "porchlight_run_"
ONE_AT_A_TIME = 7_204_981_337  # any number of ours, for the advisory lock
WRITTEN = """
SELECT oid::regclass::text, pg_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""  # a file with bytes in it: seen without reading rows
MANY = 1_000_000  # bytes
IS_SUPERUSER = "SELECT 1 FROM pg_roles WHERE rolname = CURRENT_USER AND rolsuper"


# Of runs that were killed: a run that lives keeps a connection that bears its name.
LEFT_BEHIND = f"""
SELECT datname FROM pg_database WHERE starts_with(datname, '{PREFIX}') AND NOT EXISTS (
    SELECT 1 FROM pg_stat_activity WHERE application_name <> '' AND starts_with(pg_database.datname, application_name)
)
"""


@dataclass(frozen=True, slots=True)
class Postgres:
    """One worker's database and the addresses of both roles there."""

    name: str

    @property
    def url(self) -> str:
        """As the application: what DATABASE_URL would be, for a process that a test starts."""
        return address(self.name, APPLICATION)

    @property
    def owner_url(self) -> str:
        """As the owner: what DATABASE_OWNER_URL would be."""
        return address(self.name, OWNER)

    @property
    def administrator_url(self) -> str:
        """As whoever PORCHLIGHT_TEST_POSTGRES names: for tests that take the wall apart to see it matters."""
        return urlunsplit(urlsplit(ADMIN)._replace(path=f"/{self.name}"))

    @contextmanager
    def as_owner(self) -> Iterator[psycopg.Connection[Any]]:
        """A bare connection of the owner, each statement its own transaction."""
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            yield connection


def address(name: str, role: str) -> str:
    """The server's address for one database and one role."""
    place = urlsplit(ADMIN).netloc.rpartition("@")[2]
    query = "options=" + quote("-c synchronous_commit=off -c lock_timeout=20s")
    return urlunsplit(("postgresql", f"{role}:{PASSWORD}@{place}", f"/{name}", query, ""))


@functools.cache
def why_not() -> str:
    """Why there is no PostgreSQL for these tests; empty when there is."""
    try:
        psycopg.connect(ADMIN, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return f"no PostgreSQL at PORCHLIGHT_TEST_POSTGRES: {str(error).splitlines()[0]}"
    return ""


@pytest.fixture(scope="session")
def _postgres_of_this_worker(
    testrun_uid: str, worker_id: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Postgres]:
    if why_not():
        pytest.skip(why_not())
    template = f"{PREFIX}{testrun_uid[:12]}"
    mine = Postgres(f"{template}_{worker_id}")
    with psycopg.connect(ADMIN, autocommit=True, application_name=template) as admin:
        with alone(admin):
            make_roles(admin)
            for left in [name for (name,) in admin.execute(LEFT_BEHIND)]:
                drop(admin, left)
            if not names(admin, template):
                create(admin, template, copy_of="template0")
                with django_db_blocker.unblock():
                    migrate(Postgres(template))
            create(admin, mine.name, copy_of=template)
        yield mine
        with alone(admin):
            drop(admin, mine.name)
            if not names(admin, f"{template}_%"):
                drop(admin, template)  # the last one out


@pytest.fixture(scope="session")
def _broom(_postgres_of_this_worker: Postgres) -> Iterator[psycopg.Connection[Any]]:
    """The administrator's connection that empties the database after each test: a new one is dear on the server's side."""
    with psycopg.connect(_postgres_of_this_worker.administrator_url, autocommit=True) as admin:
        yield admin


@pytest.fixture(scope="session")
def _tables_written_by_migrations(_broom: psycopg.Connection[Any]) -> frozenset[str]:
    return frozenset(name for name, _size in _broom.execute(WRITTEN))


@pytest.fixture
def postgres(
    request: pytest.FixtureRequest,
    _postgres_of_this_worker: Postgres,
    _broom: psycopg.Connection[Any],
    _tables_written_by_migrations: frozenset[str],
    django_db_blocker: Any,
) -> Iterator[Postgres]:
    """Django's default database is PostgreSQL, as the application's role, until the test ends."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        # First, so that its transaction is one of SQLite's: this test's own are real.
        request.getfixturevalue("_django_db_helper")
    with django_db_blocker.unblock():
        with connected_with(database(_postgres_of_this_worker.url)), questions_prepared():
            yield _postgres_of_this_worker
        empty(_broom, but=_tables_written_by_migrations)


@pytest.fixture(autouse=True)
def _on_postgres_when_marked(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres"):
        request.getfixturevalue("postgres")


@contextmanager
def questions_prepared(from_plan: int = 0) -> Iterator[None]:
    """What a busy server prepares at the eighth asking is prepared at the first: no test asks a page eight times."""
    usual, statements.WELL_KNOWN = statements.WELL_KNOWN, from_plan
    try:
        yield
    finally:
        statements.WELL_KNOWN = usual


def migrate(template: Postgres) -> None:
    """As `porchlight migrate` does it on a server: the owner migrates, then lets the application in."""
    settings.DATABASE_OWNER = database(template.owner_url)
    try:
        with connected_with(database(template.url)):
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        settings.DATABASE_OWNER = None


def empty(admin: psycopg.Connection[Any], *, but: frozenset[str]) -> None:
    """No row stays for the next test, whoever wrote it.

    A superuser deletes the few rows there are, past wall and keys: TRUNCATE, a matter of course where there were many,
    makes the files of every table and index anew.
    """
    written = {name: size for name, size in admin.execute(WRITTEN) if name not in but}
    past_keys = admin.execute(IS_SUPERUSER).fetchone() is not None
    anew = [name for name, size in written.items() if size > MANY or not past_keys]
    if anew:
        admin.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, anew))))
    few = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in written if name not in anew]
    if few:
        # For this transaction alone: the connection stays, and its next statements mind keys again.
        admin.execute(
            sql.SQL("; ").join(
                [sql.SQL("BEGIN; SET LOCAL session_replication_role = replica"), *few, sql.SQL("COMMIT")]
            )
        )


@contextmanager
def alone(admin: psycopg.Connection[Any]) -> Iterator[None]:
    """One worker at a time makes and drops databases."""
    admin.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        yield
    finally:
        admin.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def make_roles(admin: psycopg.Connection[Any]) -> None:
    """Owner and application, both without any right of the server's; the password may be an older run's."""
    for role in (OWNER, APPLICATION):
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            admin.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
        admin.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(PASSWORD))
        )
    admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))


def names(admin: psycopg.Connection[Any], pattern: str) -> list[str]:
    """Databases whose name is like this."""
    rows = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]).fetchall()
    return [name for (name,) in rows]


def create(admin: psycopg.Connection[Any], name: str, *, copy_of: str) -> None:
    """A database of the owner's."""
    parts = map(sql.Identifier, (name, OWNER, copy_of))
    admin.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*parts))


def drop(admin: psycopg.Connection[Any], name: str) -> None:
    """Also when a connection was forgotten in it."""
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
