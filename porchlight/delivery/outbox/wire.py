"""The side of a worker that speaks to gateways: one event loop, one session, every sending a task of its own."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import NamedTuple

from porchlight.delivery.gateways import registry
from porchlight.delivery.gateways.contract import Accepted, Advice, Outcome, Outgoing, Refused, Unclear
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.leaving import leaves
from porchlight.delivery.outbox.carriers import Carrier
from porchlight.delivery.outbox.checking import Checked
from porchlight.delivery.outbox.lanes import BREAKS_AT, FIRST_REST, Turn
from porchlight.delivery.outbox.outcomes import Withheld

WINDOW = 64  # on their way at once: as many as a dead worker may leave in doubt
STALE = 0.25  # seconds a last check is good for
LONGEST = 35.0  # seconds any one sending may hold its place
MOST_TOGETHER, TOGETHER = 32, 0.01  # results reported at a time, and seconds the first of them waits

log = logging.getLogger(__name__)


class Sending(NamedTuple):
    """One delivery on its way."""

    row: Checked
    outgoing: Outgoing | None
    carrier: Carrier
    turn: Turn
    checked_at: float
    place: int  # where its worker notes that it holds it
    leave: Callable[[], None]  # to be called no later than its words leave


class Landed(NamedTuple):
    """What became of it."""

    sending: Sending
    outcome: Outcome | Withheld
    milliseconds: int


class Wire:
    """Sends what it is given and reports what landed, a few at a time. Lives in the event loop's thread."""

    def __init__(self, report: Callable[[Sequence[Landed]], None]) -> None:
        self._report = report
        self._next: deque[Sending] = deque()  # claimed, and waiting for others to land
        self._landed: list[Landed] = []
        self._flush: asyncio.TimerHandle | None = None
        self._tasks: dict[asyncio.Task[None], float] = {}  # and when each began, the oldest first
        self._overdue: set[asyncio.Task[None]] = set()
        self._look: asyncio.TimerHandle | None = None
        self._failing: dict[
            int, tuple[int, float]
        ] = {}  # by account: failures in a row, and when the last was
        self._http: Http | None = None

    async def open(self) -> None:
        """Make the one client that all adapters use."""
        self._http = Http()
        self._end_overdue()

    @property
    def http(self) -> Http:
        """The one client, for what else a worker asks of gateways."""
        if self._http is None:
            raise RuntimeError("open() comes first")
        return self._http

    async def close(self) -> None:
        """Wait for what is on its way, then close."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LONGEST)
        for task in self._tasks:
            task.cancel()
        if self._look is not None:
            self._look.cancel()
        self._report_landed()
        for gateway in registry.all_gateways().values():
            if (part := getattr(gateway, "close", None)) is not None:
                await part()
        if self._http is not None:
            await self._http.close()

    def send(self, sendings: Sequence[Sending]) -> None:
        """Start as many as may be on their way, each up to where it waits for its gateway, the others as those land."""
        self._next.extend(sendings)
        self._start()

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        while self._next and len(self._tasks) < WINDOW:
            task = asyncio.Task(self._carry(self._next.popleft()), loop=loop, eager_start=True)
            if not task.done():
                self._tasks[task] = monotonic()

    def _end_overdue(self) -> None:
        """One look at all of them now and then, instead of an alarm clock for each."""
        now = monotonic()
        for task, begun in self._tasks.items():
            if now - begun < LONGEST:
                break
            self._overdue.add(task)
            task.cancel()
        self._look = asyncio.get_running_loop().call_later(LONGEST / 10, self._end_overdue)

    async def _carry(self, sending: Sending) -> None:
        begun = monotonic()
        outcome: Outcome | Withheld | None = self._may_not_leave(sending, begun)
        if outcome is None:
            outcome = await self._put(sending)
            if self._next:
                asyncio.get_running_loop().call_soon(self._start)
        self._watch(sending.turn, outcome)
        self._landed.append(Landed(sending, outcome, int((monotonic() - begun) * 1000)))
        if len(self._landed) >= MOST_TOGETHER:
            self._report_landed()
        elif self._flush is None:
            self._flush = asyncio.get_running_loop().call_later(TOGETHER, self._report_landed)

    def _report_landed(self) -> None:
        if self._flush is not None:
            self._flush.cancel()
            self._flush = None
        if self._landed:
            landed, self._landed = self._landed, []
            self._report(landed)

    def _may_not_leave(self, sending: Sending, now: float) -> Refused | Withheld | None:
        if now - sending.checked_at > STALE:
            return Withheld("The last check was too long ago.")
        if sending.turn.failures < BREAKS_AT and self._fails(sending.turn.account_id, now):
            return Withheld("The gateway fails; the lane rests.")
        if sending.outgoing is None:
            return Refused(Advice.NEXT_CHANNEL, "window_closed", "No approved text for this language.")
        return None

    def _fails(self, account_id: int, now: float) -> bool:
        """Whether a breaker is about to open: the lane's row says so only when this batch is written down."""
        failures, last = self._failing.get(account_id, (0, 0.0))
        return failures >= BREAKS_AT and now - last < FIRST_REST

    async def _put(self, sending: Sending) -> Outcome:
        assert self._http is not None  # noqa: S101 - open() came first
        assert sending.outgoing is not None  # noqa: S101 - or it would not have come this far
        carrier = sending.carrier
        leaves.set(sending.leave)  # this task's own
        if not carrier.gateway.abilities.says_when_it_leaves:
            sending.leave()
        try:
            return await carrier.gateway.send(self._http, carrier.credentials, sending.outgoing)
        except asyncio.CancelledError:
            if not self._was_overdue():
                raise
            return Unclear("no answer in time")
        except Exception:
            # An adapter never raises; one that does is mended. Whether the words left, nobody knows.
            log.exception("The adapter %s raised.", carrier.gateway.name)
            return Unclear("the adapter failed")
        finally:
            self._tasks.pop(asyncio.current_task(), None)  # type: ignore[arg-type]  # there is one: we run in it

    def _was_overdue(self) -> bool:
        """Whether it was we who ended the task that asks; then it goes on."""
        task = asyncio.current_task()
        if task is None or task not in self._overdue:
            return False
        self._overdue.discard(task)
        task.uncancel()
        return True

    def _watch(self, turn: Turn, outcome: Outcome | Withheld) -> None:
        if isinstance(outcome, Accepted):
            if self._failing:
                self._failing.pop(turn.account_id, None)
            return
        if isinstance(outcome, Withheld):
            return
        failed = isinstance(outcome, Unclear) or (
            isinstance(outcome, Refused) and outcome.advice is Advice.RETRY and outcome.retry_after is None
        )
        if failed:
            self._failing[turn.account_id] = (
                self._failing.get(turn.account_id, (0, 0.0))[0] + 1,
                monotonic(),
            )
        else:
            self._failing.pop(turn.account_id, None)
