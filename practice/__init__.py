"""The practice town: phones, mailboxes and gateways on loopback, on the gateways' real wire formats.

It imports nothing of Porchlight. The demo shows it, tests and benches speak to it:

    async with practice.running(port=0) as town: …      # town.url, town.town
    with practice.town_in_thread() as town: …           # for tests that are not asynchronous
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

from practice.errors import Mistake, PortTaken
from practice.server import Running, serve
from practice.threads import ThreadedTown, town_in_thread
from practice.town import Settings, Town

__all__ = ["Mistake", "PortTaken", "Running", "Settings", "ThreadedTown", "Town", "running", "town_in_thread"]


def running(
    settings: Settings | None = None, config: Mapping[str, Any] | None = None, **changes: Any
) -> AbstractAsyncContextManager[Running]:
    """A town on free ports, without mail unless `smtp_port` is given, for as long as the block lasts."""
    return serve(replace(settings or Settings(port=0, smtp_port=None), **changes), config)
