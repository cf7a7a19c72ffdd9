"""Who listens in this process, and the one poller that wakes them. Runs on the event loop and never in a school's wall.

While somebody listens, one thread with one connection asks once a second: which numbers have grown, and which
sessions are still good. A stream carries numbers only, so that whoever still listens learns nothing by it; what a
page then fetches passes the page's own door.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from django.contrib.sessions.models import Session
from django.db import Error, connections
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from porchlight.accounts.models import User
from porchlight.schools.live.versions import Topic, versions

POLL = 1.0  # seconds
ALIVE = 15.0  # seconds of silence before a sign of life
LONGEST = 600.0  # seconds; then the browser asks again and passes the door again
AT_LEAST_APART = (
    4.0,
    6.0,
)  # seconds between two calls to one page: a busy school's desks do not all look at once
MOST = 500  # streams in this process
MOST_OF_ONE = 6  # of one user: a seventh tab ends the first one's
RETRY = 2000  # milliseconds a browser waits before it asks again

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Listener:
    """One open page: whose session it is, what it waits for, and how far it has seen."""

    school_id: int
    topic: Topic
    seen: int
    user_id: int
    session_key: str
    session_hash: str
    life: float = LONGEST
    number: int = 0
    is_over: bool = False
    due_at: float | None = None  # on the loop's clock
    not_before: float = 0.0
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, number: int, now: float) -> None:
        """The number as it stands; the page is called when that has settled and it was not called a moment ago."""
        if number != self.number:
            self.number = number
            if self.due_at is None:
                self.due_at = now + self.topic.settles
        if self.due_at is not None and now >= max(self.due_at, self.not_before):
            self.woken.set()

    def take(self, now: float) -> int:
        """The call, taken: the number the page has seen from now on."""
        self.woken.clear()
        self.due_at, self.seen = None, self.number
        self.not_before = now + random.uniform(*AT_LEAST_APART)  # noqa: S311 - spreads load, guards nothing
        return self.seen

    def end(self) -> None:
        """No more for this page."""
        self.is_over = True
        self.woken.set()


class Hub:
    """All listeners of one event loop."""

    def __init__(self) -> None:
        self.listeners: dict[Listener, None] = {}  # in the order they came
        self._watching: asyncio.Task[None] | None = None

    def join(self, listener: Listener) -> None:
        """From now on this one is woken."""
        same = [one for one in self.listeners if one.user_id == listener.user_id and not one.is_over]
        for oldest in same[: max(0, len(same) + 1 - MOST_OF_ONE)]:
            oldest.end()
        self.listeners[listener] = None
        if self._watching is None:
            self._watching = asyncio.get_running_loop().create_task(self._watch())

    def leave(self, listener: Listener) -> None:
        """Gone."""
        self.listeners.pop(listener, None)

    async def _watch(self) -> None:
        loop, thread = asyncio.get_running_loop(), ThreadPoolExecutor(1, thread_name_prefix="live")
        try:
            while self.listeners:
                here = list(self.listeners)
                try:
                    numbers, good = await loop.run_in_executor(thread, look, here)
                except Error:
                    log.warning("The database did not answer; open pages wait.", exc_info=True)
                    await loop.run_in_executor(thread, connections.close_all)  # the next look opens a new one
                else:
                    for one in here:
                        if one in good:
                            one.hear(numbers.get((one.school_id, one.topic.value), 0), loop.time())
                        else:
                            one.end()
                await asyncio.sleep(POLL)
        finally:
            self._watching = None  # before anything is awaited: whoever joins now starts a new one
            thread.submit(connections.close_all)
            thread.shutdown(wait=False)


def look(listeners: Sequence[Listener]) -> tuple[dict[tuple[int, str], int], set[Listener]]:
    """The numbers, and those whose session still opens doors. Three queries, on the poller's thread."""
    numbers = versions(one.school_id for one in listeners)
    alive = set(
        Session.objects.filter(
            session_key__in={one.session_key for one in listeners}, expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    users = User.objects.filter(is_active=True).in_bulk({one.user_id for one in listeners})
    proofs = {pk: user.get_session_auth_hash() for pk, user in users.items()}
    return numbers, {
        one
        for one in listeners
        if one.session_key in alive
        and one.user_id in proofs
        and constant_time_compare(proofs[one.user_id], one.session_hash)
    }


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


def is_full() -> bool:
    """Whether this process holds as many streams as it should. Asked from any thread; a few more may slip in."""
    return sum(len(one.listeners) for one in list(_hubs.values())) >= MOST


async def stream(listener: Listener) -> AsyncIterator[str]:
    """Server-sent events: `changed` with a number, `over` when the session is, and signs of life."""
    here, loop = hub(), asyncio.get_running_loop()
    ends_at = loop.time() + listener.life
    listener.number = listener.seen
    if listener.topic.settles:  # what came right after a counted change was not counted: the page may lack it
        listener.due_at = loop.time() + listener.topic.settles
    here.join(listener)
    try:
        yield f"retry: {RETRY}\n\n"
        while (left := ends_at - loop.time()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(listener.woken.wait(), min(ALIVE, left))
            if listener.is_over:
                yield "event: over\ndata: \n\n"
                return
            if listener.woken.is_set():
                number = listener.take(loop.time())
                yield f"id: {number}\nevent: changed\ndata: {number}\n\n"
            else:
                yield ": still here\n\n"
    finally:
        here.leave(listener)
