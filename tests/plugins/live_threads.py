"""`live_server` answers on threads that stay, each with its connection: opening one to SQLite is five milliseconds of work.

Django's own begins a thread for each connection of a browser or a gateway, and ends it with it.
"""

from __future__ import annotations

import queue
import threading
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test import testcases


class StandingThreads(ThreadedWSGIServer):
    """As many threads as were ever busy at once."""

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self._callers: queue.SimpleQueue[tuple[Any, Any]] = queue.SimpleQueue()
        self._free, self._counting = 0, threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hand it to a thread that has nothing to do, or to a new one."""
        with self._counting:
            has_one = self._free > 0
            self._free -= has_one
        self._callers.put((request, client_address))
        if not has_one:
            threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        while True:
            self.process_request_thread(*self._callers.get())
            with self._counting:
                self._free += 1

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """As Django does; the connection an earlier test left is used where this one's database is the same."""
        for alias in connections:
            if connections[alias].settings_dict is not connections.settings[alias]:
                connections[alias].close()
                del connections[alias]
        super().process_request_thread(request, client_address)

    def _close_connections(self) -> None:
        """Not with each caller: the thread answers others."""


@pytest.fixture(autouse=True, scope="session")
def _threads_stay() -> None:
    testcases.LiveServerThread.server_class = StandingThreads
