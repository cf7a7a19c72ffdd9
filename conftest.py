"""For every test of the house: no connection beyond this machine, and one way to the shared test data."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_socket import socket_allow_hosts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytest_plugins = ["tests.plugins.no_skips", "tests.plugins.postgres"]

SHARED = os.environ.get("PORCHLIGHT_SHARED", "")


@pytest.fixture(autouse=True)
def _only_this_machine() -> None:
    """Connections leave this machine for nobody; tests/test_house_network.py proves it."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real payloads and published test vectors, found through PORCHLIGHT_SHARED alone."""
    if not SHARED or not Path(SHARED).is_dir():
        pytest.skip("PORCHLIGHT_SHARED names no folder: published payloads and vectors are not here")
    return Path(SHARED)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One browser for the run; tests/browser.py says what it may do."""
    from tests import browser

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests
    with browser.launched() as launched:
        yield launched


@pytest.fixture
def page(chromium: "Browser", live_server: "LiveServer") -> Iterator["Page"]:
    """A watched page on the live server: a request that leaves this machine, or a refused script, fails the test."""
    from tests import browser

    with browser.watched_page(chromium, live_server.url) as opened:
        yield opened
