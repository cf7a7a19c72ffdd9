"""The outbox at work inside a test: its database side in the test's own thread, the wire in another."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic, sleep

import pytest

from porchlight.delivery.fetching import Run
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.outbox.departures import Departures
from porchlight.delivery.outbox.engine import Outbox
from porchlight.delivery.outbox.wire import Sending, Wire

# Runs each test of a module twice: the hot path is SQL, and the databases differ.
on_both_databases = pytest.mark.parametrize(
    "school", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


def until(true: Callable[[], object], within: float = 60.0) -> None:
    """Wait for what another thread or program is to bring about."""
    end = monotonic() + within
    while not true():
        assert monotonic() < end, "It did not come to that in time."
        sleep(0.05)


@contextmanager
def worker(
    handed_over: Callable[[Sequence[Sending]], None] | None = None, departures: Departures | None = None
) -> Iterator[Outbox]:
    """An outbox whose `run_until_empty()` the test calls. `handed_over` is told just before sendings leave."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def hand_over(sendings: Sequence[Sending]) -> None:
        if handed_over is not None:
            handed_over(sendings)
        loop.call_soon_threadsafe(wire.send, sendings)

    outbox = Outbox(hand_over, departures)
    wire = Wire(outbox.landed.put)
    asyncio.run_coroutine_threadsafe(wire.open(), loop).result(5)
    try:
        yield outbox
    finally:
        asyncio.run_coroutine_threadsafe(wire.close(), loop).result(40)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def network() -> Iterator[Run]:
    """What a worker's loop does for those who fetch: starts work with one session, and hands back its future."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def opened() -> Http:
        return Http()

    http = asyncio.run_coroutine_threadsafe(opened(), loop).result(5)
    try:
        yield lambda work: asyncio.run_coroutine_threadsafe(work(http), loop)
    finally:
        asyncio.run_coroutine_threadsafe(http.close(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
