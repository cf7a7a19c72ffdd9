"""For every test of the house: no connection beyond this machine, and one way to the shared test data."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings
from pytest_socket import socket_allow_hosts

pytest_plugins = [
    "tests.plugins.no_skips",
    "tests.plugins.postgres",
    "tests.plugins.rabbitmq",
    "tests.plugins.what_is_here",
    "tests.plugins.emptied",
    "tests.plugins.live_threads",
    "tests.plugins.in_a_browser",
    "tests.plugins.maple_street",
    "tests.plugins.real_programs",
    "tests.plugins.pictures",
    "tests.plugins.answers",
    "tests.plugins.in_turn",
    "tests.plugins.longest_first",
    "tests.plugins.little_garbage",
    "tests.plugins.cpu_seconds",
]

# Compiled once and kept, whatever the surroundings say: tests start some hundred programs.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How fast a machine is says nothing about a property: on a busy one, examples may take their time.
hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("patient")

SHARED = os.environ.get("PORCHLIGHT_SHARED", "")


@pytest.fixture(autouse=True)
def _only_this_machine() -> None:
    """Connections leave this machine for nobody; tests/test_house_network.py proves it."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True, scope="session")
def _nor_does_libcurl() -> Iterator[None]:
    """libcurl opens sockets of its own: from this machine's own address, nothing leaves it."""
    import pycurl

    from porchlight.delivery.gateways import http

    def handle() -> pycurl.Curl:
        curl = new_handle()
        curl.setopt(pycurl.INTERFACE, "host!127.0.0.1")
        return curl

    new_handle, http.new_handle = http.new_handle, handle
    yield
    http.new_handle = new_handle


@pytest.fixture(autouse=True, scope="session")
def _people_come_in_quickly() -> None:
    """Tests of pages sign people in at once, and hash passwords fast; porchlight/accounts/tests hold the real way."""
    from django.conf import settings

    settings.SECOND_STEP = False
    settings.STAFF_IDLE = settings.FAMILY_IDLE = None  # their clocks jump by hours
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def _files_lie_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What tests keep never mixes with what a demo on this machine keeps."""
    from django.conf import settings

    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
    settings.ANCHORS = str(tmp_path_factory.mktemp("anchors"))
    settings.ERASURES = str(tmp_path_factory.mktemp("erasures"))


@pytest.fixture
def mail_through(settings: Settings) -> Callable[[str], None]:
    """`mail_through(url)`: the server's own mail goes as PORCHLIGHT_MAIL_URL=url would have it."""
    from porchlight.config.mail import mailer

    def go(url: str) -> None:
        settings.MAIL_URL, settings.MAILERS = url, {"default": mailer(url)}

    return go


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real payloads and published test vectors, found through PORCHLIGHT_SHARED alone."""
    if not SHARED or not Path(SHARED).is_dir():
        pytest.skip("PORCHLIGHT_SHARED names no folder: published payloads and vectors are not here")
    return Path(SHARED)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in production: threads of a server or a worker have connections of their own."""
    from django.conf import settings

    chosen = settings.DATABASES["default"]
    if chosen["ENGINE"].endswith("sqlite3"):
        chosen["TEST"] = {
            **chosen.get("TEST", {}),
            "NAME": str(tmp_path_factory.mktemp("db") / "test.sqlite3"),
        }


@pytest.fixture(scope="session")
def _as_migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a copy of the migrated database lies: for tests that start programs on one of their own."""
    return tmp_path_factory.mktemp("migrated") / "empty.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, _as_migrated: Path) -> None:
    """Migrated once a worker, and copied before a test has written: migrating again is five seconds of work.

    Where no test of a run asks for a database of Django's, there is none, and nothing to copy.
    """
    from django.conf import settings

    from tests.plugins.maple_street import copy

    used = settings.DATABASES["default"]
    if used["NAME"] == used["TEST"]["NAME"] and Path(used["NAME"]).exists():
        copy(Path(used["NAME"]), _as_migrated)
