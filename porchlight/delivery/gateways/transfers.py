"""All of an event loop's transfers, looked at together a few hundred times a second.

libcurl can be told of each socket that stirs; with many on their way, the telling takes longer than the transfers.
"""

from __future__ import annotations

import asyncio

import pycurl

SOON, SELDOM = 0.004, 0.02  # seconds between two looks: while answers come, and while they are waited for
GROWS = 1.25


class Transfers:
    """Carries out requests, each handle one at a time. Belongs to the event loop that first uses it."""

    def __init__(self, connections: int) -> None:
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAX_TOTAL_CONNECTIONS, connections)
        self._ends: dict[pycurl.Curl, asyncio.Future[None]] = {}
        self._next: asyncio.Handle | None = None
        self._at_once = False  # whether the next look is due now
        self._wait = SOON

    async def perform(self, curl: pycurl.Curl) -> None:
        """Carry out what the handle is set to. Raises pycurl.error. Cancelled, it lets go of the handle."""
        loop = asyncio.get_running_loop()
        end = self._ends[curl] = loop.create_future()
        self._multi.add_handle(curl)
        if not self._at_once:
            self._plan(loop, 0)
        try:
            await end
        finally:
            if self._ends.pop(curl, None) is not None:
                self._multi.remove_handle(curl)

    def close(self) -> None:
        """End what is on its way."""
        if self._next is not None:
            self._next.cancel()
        for curl, end in self._ends.items():
            self._multi.remove_handle(curl)
            end.cancel()
        self._ends.clear()
        self._multi.close()

    def _plan(self, loop: asyncio.AbstractEventLoop, wait: float) -> None:
        if self._next is not None:
            self._next.cancel()
        self._at_once = not wait
        self._next = loop.call_later(wait, self._look) if wait else loop.call_soon(self._look)

    def _look(self) -> None:
        """What can go on goes on, and who waited for what ended is told."""
        stirred, self._at_once, self._next = self._at_once, False, None
        self._multi.perform()
        _, well, ill = self._multi.info_read()
        for curl in well:
            self._end(curl, None)
        for curl, code, words in ill:
            self._end(curl, pycurl.error(code, words))
        self._wait = SOON if stirred or well or ill else min(self._wait * GROWS, SELDOM)
        if self._ends:
            self._plan(asyncio.get_running_loop(), self._wait)

    def _end(self, curl: pycurl.Curl, problem: pycurl.error | None) -> None:
        self._multi.remove_handle(curl)
        end = self._ends.pop(curl)
        if end.done():  # who waited was cancelled a moment ago
            return
        if problem is None:
            end.set_result(None)
        else:
            end.set_exception(problem)
