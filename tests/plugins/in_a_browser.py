"""`page`: a real browser on a live server, for tests marked `browser`. tests/browser.py has its helpers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connections

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="module")
def chromium(monkeypatch_module: pytest.MonkeyPatch) -> Iterator[Browser]:
    """One browser for a module: while it runs, Playwright keeps an event loop in this thread, which no test of
    another module should find there. Django asks different connections inside a loop; they are closed with it."""
    from tests import browser

    monkeypatch_module.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with browser.launched() as launched:
        yield launched
        connections.close_all()


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    """Changes for a module, taken back after it."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A watched page: a request that leaves this machine, a refused script or a script's error fails the test."""
    from tests import browser

    with browser.watched_page(chromium, live_server.url) as opened:
        yield opened
