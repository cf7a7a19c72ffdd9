"""One worker process: an event loop for the wire, a thread for the outbox, a thread for the inbox and lost things."""

from __future__ import annotations

import asyncio
import threading

from porchlight.delivery.outbox.engine import Outbox
from porchlight.delivery.outbox.wire import Wire


async def work(stop: asyncio.Event) -> None:
    """Work until `stop` is set; then nothing more is claimed, and what is on its way is waited for and recorded."""
    loop = asyncio.get_running_loop()
    outbox = Outbox(lambda sendings: loop.call_soon_threadsafe(wire.send, sendings) and None)
    wire = Wire(outbox.landed.put)
    await wire.open()
    database = threading.Thread(target=outbox.run, name="outbox")
    database.start()
    await stop.wait()
    outbox.stop()
    await asyncio.to_thread(database.join)
    await wire.close()
