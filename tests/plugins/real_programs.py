"""`at_work`: a small school and its practice town over a fresh, migrated database, for real programs to work on.

Every test with it runs twice: on SQLite, and on PostgreSQL as the application's role, behind the wall.
tests/at_work.py has what it can do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.plugins.maple_street import copy

if TYPE_CHECKING:
    from tests.at_work import AtWork

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@contextmanager
def on_sqlite(file: Path, django_db_blocker: Any) -> Iterator[str]:
    """Django's default database is this file; gives its address."""
    from porchlight.config.databases import database
    from porchlight.schools.connecting import connected_with

    url = f"sqlite:///{file}"
    with django_db_blocker.unblock(), connected_with(database(url)):
        yield url


@pytest.fixture(scope="session")
def _migrated_file(django_db_setup: None, _as_migrated: Path, django_db_blocker: Any) -> Path:
    """An empty school's file: what this worker's own database was before the first test, or migrated where it has none."""
    from django.core.management import call_command

    if not _as_migrated.exists():
        with on_sqlite(_as_migrated, django_db_blocker):
            call_command("migrate", verbosity=0)
    return _as_migrated


@pytest.fixture(params=BOTH)
def place(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The address of an empty, migrated database that other programs can open as well; Django's default here."""
    if request.param == "postgresql":
        yield request.getfixturevalue("postgres").url
        return
    copy(request.getfixturevalue("_migrated_file"), tmp_path / "working.sqlite3")
    with on_sqlite(tmp_path / "working.sqlite3", django_db_blocker) as url:
        yield url


@pytest.fixture
def at_work(place: str, tmp_path: Path, settings: Any) -> Iterator[AtWork]:
    """Maple Street School on a Tuesday, ten past three; nothing runs yet."""
    import practice
    from porchlight.delivery.tests import cast
    from porchlight.operations.tests.running import free_port, surroundings
    from tests.at_work import AtWork

    port, clock = free_port(), tmp_path / "clock.json"
    settings.BASE_URL, settings.CLOCK_FILE = f"http://127.0.0.1:{port}", str(clock)
    env = surroundings(
        tmp_path,
        DATABASE_URL=place,
        PORCHLIGHT_BASE_URL=settings.BASE_URL,
        PORCHLIGHT_CLOCK_FILE=settings.CLOCK_FILE,
        PORCHLIGHT_SECRET_KEY=settings.SECRET_KEY,
        PORCHLIGHT_SEAL_KEY=settings.SEAL_KEY,
    )
    with practice.town_in_thread(clock_file=clock) as town:
        made = AtWork(cast.maple_street(), town, env, port)
        made.it_is(cast.TUESDAY)
        with ended(made):
            yield made


@contextmanager
def ended(made: AtWork) -> Iterator[None]:
    """Whatever the test still has running ends with it, before the database goes."""
    try:
        yield
    finally:
        made.stops()


__all__ = ["at_work", "place"]
