"""One worker process: an event loop for the wire, and threads for the outbox, for inbox and rounds, for fetching."""

from __future__ import annotations

import asyncio
import gc
import signal
import threading

from django.conf import settings

from porchlight.delivery.fetching import Fetcher
from porchlight.delivery.outbox.departures import LEAVING, Departures
from porchlight.delivery.outbox.engine import Outbox
from porchlight.delivery.outbox.wire import Wire
from porchlight.delivery.rounds import Rounds


async def work(stop: asyncio.Event) -> None:
    """Work until `stop` is set; then nothing more is claimed, and what is on its way is waited for and recorded."""
    loop = asyncio.get_running_loop()
    departures = Departures.kept_in(settings.VAR / LEAVING)
    outbox = Outbox(lambda sendings: loop.call_soon_threadsafe(wire.send, sendings), departures)
    wire = Wire(outbox.landed.put)
    rounds = Rounds()
    fetcher = Fetcher(lambda work: asyncio.run_coroutine_threadsafe(work(wire.http), loop))
    await wire.open()
    threads = [
        threading.Thread(target=hand.run, name=name)
        for hand, name in ((outbox, "outbox"), (rounds, "rounds"), (fetcher, "fetching"))
    ]
    for thread in threads:
        thread.start()
    await stop.wait()
    outbox.stop()
    rounds.stop()
    fetcher.stop()
    for thread in threads:
        await asyncio.to_thread(thread.join)
    await wire.close()


def run() -> None:
    """As a process of its own: until SIGTERM or SIGINT."""

    async def until_told() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        await work(stop)

    # What a worker is made of stays: nobody looks through it again and again for something to throw away.
    gc.collect()
    gc.freeze()
    asyncio.run(until_told())
