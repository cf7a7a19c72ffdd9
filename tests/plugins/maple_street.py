"""`maple`: Maple Street School as the demo has it, with its practice town, for tests that walk through the house.

The school is loaded once a run through its importer and kept beside the database; each test gets a copy of the
file, a quiet town and a clock that stands at a Tuesday, ten past three. tests/maple.py has what it can do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.conf import LazySettings
    from pytest_django.live_server_helper import LiveServer

    from practice import ThreadedTown
    from tests.maple import Maple


@pytest.fixture(scope="session")
def _practice_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadedTown]:
    """One town a run on free ports, so that the school's accounts know where it is."""
    import practice

    clock = tmp_path_factory.mktemp("clock") / "clock.json"
    with practice.town_in_thread(smtp_port=0, clock_file=clock, status_pause=0.0) as town:
        yield town


@pytest.fixture(scope="session")
def _maple_street_kept(
    django_db_setup: None,
    django_db_blocker: Any,
    live_server: LiveServer,
    _practice_town: ThreadedTown,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The school on its first day, as a database file."""
    from django.db import connections

    from tests import maple

    folder = tmp_path_factory.mktemp("maple")
    before, kept = folder / "before.sqlite3", folder / "street.sqlite3"
    used = Path(connections["default"].settings_dict["NAME"])
    copy(used, before)
    with django_db_blocker.unblock(), maple.demo_settings(live_server.url, _practice_town):
        maple.fill(_practice_town)
        connections.close_all()
    copy(used, kept)
    copy(before, used)
    return kept


@pytest.fixture
def maple(
    _maple_street_kept: Path,
    transactional_db: None,
    live_server: LiveServer,
    _practice_town: ThreadedTown,
    settings: LazySettings,
) -> Iterator[Maple]:
    """Maple Street School and its town, as on the first day."""
    from django.core.cache import cache
    from django.db import connections

    from tests import maple

    cache.clear()  # allauth counts tries by address and mailbox
    connections.close_all()
    copy(_maple_street_kept, Path(settings.DATABASES["default"]["NAME"]))
    with maple.demo_settings(live_server.url, _practice_town):
        yield maple.open_street(_practice_town, live_server.url)
        _practice_town.reset(everything=True)


def copy(source: Path, target: Path) -> None:
    """All of one database file into another, as one transaction of the second."""
    with sqlite3.connect(source) as have, sqlite3.connect(target, timeout=20) as want:
        have.backup(want)
    have.close()
    want.close()
