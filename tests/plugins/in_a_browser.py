"""`page`: a real browser on a live server, for tests marked `browser`. tests/browser.py has its helpers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connections

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="session")
def _parked() -> Iterator[tuple[Browser, AbstractEventLoop]]:
    """One browser for all modules of a worker, which takes a second and a half of work to start and to end."""
    from tests import browser

    with browser.launched() as launched:
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield launched, loop
        asyncio._set_running_loop(loop)


@pytest.fixture(scope="module")
def chromium(
    _parked: tuple[Browser, AbstractEventLoop], monkeypatch_module: pytest.MonkeyPatch
) -> Iterator[Browser]:
    """The browser for a module: while it is used, Playwright keeps an event loop in this thread, which no test of
    another module should find there. Django asks different connections inside a loop; they are closed with it."""
    launched, loop = _parked
    monkeypatch_module.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    asyncio._set_running_loop(loop)
    yield launched
    connections.close_all()
    asyncio._set_running_loop(None)


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
