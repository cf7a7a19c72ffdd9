"""The database's side of a worker: claims, hands to the wire, records; pipelined, so that the wire need not wait."""

from __future__ import annotations

import logging
import queue
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from time import monotonic

from django.db import DatabaseError, InterfaceError, connection

from porchlight.delivery.gateways.contract import Advice
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.inbox.listeners import tell_status
from porchlight.delivery.outbox import ladder, riding
from porchlight.delivery.outbox.carriers import Carrier, carrier_of
from porchlight.delivery.outbox.claiming import Batch, claim_here
from porchlight.delivery.outbox.departures import Departures
from porchlight.delivery.outbox.holding import hold
from porchlight.delivery.outbox.lanes import Turn, note_results
from porchlight.delivery.outbox.outcomes import Settled, Withheld, settle
from porchlight.delivery.outbox.recording import Result, record
from porchlight.delivery.outbox.trying import Trying
from porchlight.delivery.outbox.turns import Turns
from porchlight.delivery.outbox.wire import WINDOW, Landed, Sending
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from porchlight.toolbox.sealed import WrongSeal

# How many are claimed, and written down, at a time: half of what may be on its way, or twice of it where answers come
# so soon that those who wait for others to land are still within their last check.
SLICE, LARGE_SLICE, FIRST_SLICE = WINDOW // 2, 2 * WINDOW, 8
QUICK = 50.0  # milliseconds to an answer, on average of those that landed last
LOOK_AGAIN = 0.25  # seconds an idle worker waits before it looks for due lanes
GATHER = 0.05  # seconds results are gathered so that they are written together
PATIENCE = 1.0  # seconds after the database went away

log = logging.getLogger(__name__)


class Outbox:
    """One worker's hand on the database. `hand_over` takes sendings to the wire; `landed` brings them back.

    `departures` keeps what this worker holds for whoever finds it dead; without, that is in its own memory.
    """

    def __init__(
        self, hand_over: Callable[[Sequence[Sending]], object], departures: Departures | None = None
    ) -> None:
        self._hand_over = hand_over
        self._departures = departures or Departures()
        self._claiming: list[int] = []  # places of what is claimed just now, if the database says so
        self.landed: queue.SimpleQueue[Sequence[Landed]] = queue.SimpleQueue()
        self._unwritten: list[Landed] = []
        self._carriers: dict[int, Carrier] = {}
        self._proved: set[int] = set()  # lanes whose gateway took something from this worker
        self._trying = Trying()
        self._waiting = Turns()
        self._on_wire: Counter[int] = Counter()  # by lane
        self._quick: set[int] = set()  # lanes of which all that landed last was answered within moments
        self._stop = threading.Event()

    @property
    def _in_flight(self) -> int:
        return self._on_wire.total()

    @property
    def _slice(self) -> int:
        """How many are claimed, and written down, at a time: more while nothing slow is on the wire."""
        return LARGE_SLICE if self._quick and self._quick.issuperset(+self._on_wire) else SLICE

    @property
    def _room(self) -> int:
        """How many may be claimed that have not landed yet; those above the window wait for others to land."""
        return WINDOW if self._slice == SLICE else WINDOW + LARGE_SLICE

    def _share(self, turn: Turn) -> int:
        """How many a lane is given at a time: few while nobody knows how soon it answers."""
        return self._slice if turn.account_id in self._quick else SLICE

    def _time(self, account_id: int, lane: Sequence[Landed]) -> None:
        """Note whether a lane answers so soon that more may be claimed than may be on their way."""
        waited_too_long = any(isinstance(landed.outcome, Withheld) for landed in lane)
        if waited_too_long or sum(landed.milliseconds for landed in lane) > QUICK * len(lane):
            self._quick.discard(account_id)
        else:
            self._quick.add(account_id)

    def stop(self) -> None:
        """Claim nothing more; `run()` ends when everything on its way is written down."""
        self._stop.set()
        self.landed.put(())

    def run(self) -> None:
        """Work until stopped. The database may come and go."""
        wait = 0.0
        while not (self._stop.is_set() and not self._in_flight and not self._unwritten):
            try:
                wait = self._round(wait)
            except (DatabaseError, InterfaceError) as problem:
                log.warning("The database is away, trying again: %s", type(problem).__name__)
                connection.close()
                self._trying.forget()
                self._waiting.forget()
                self._stop.wait(PATIENCE)
        connection.close()
        self._departures.close()

    def run_until_empty(self, within: float = 30.0) -> None:
        """Work until nothing is due and nothing on its way. For tests and one-off runs."""
        end = monotonic() + within
        wait = 0.0
        while monotonic() < end:
            wait = self._round(wait)
            if wait == LOOK_AGAIN and not self._in_flight and not self._unwritten:
                return
        raise TimeoutError("The outbox did not empty in time.")

    def _round(self, wait: float) -> float:
        """Write what landed, claim what there is room for. Returns how long to wait for the next landing.

        Not at all after something was written down: it may have made more due than there was when we looked.
        """
        self._gather(wait)
        if self._claiming:  # the database broke off: it may have claimed them, and they never left
            self._departures.let_go(self._claiming)
            self._claiming = []
        moved = bool(self._unwritten)
        while self._work(self._turns()):
            moved = True
        if moved:
            return 0.0
        return LOOK_AGAIN if not self._in_flight else GATHER

    def _gather(self, wait: float) -> None:
        """Take what landed; when something did, wait a moment for its neighbours."""
        end = monotonic() + (wait or (GATHER if self._in_flight >= self._room else 0.0))
        while len(self._unwritten) < self._slice:
            try:
                left = end - monotonic()
                self._unwritten.extend(
                    self.landed.get(timeout=left) if left > 0 else self.landed.get_nowait()
                )
            except queue.Empty:
                return
            if not self._in_flight:
                return
            end = min(end, monotonic() + GATHER)

    def _turns(self) -> Sequence[Turn]:
        """Lanes that may send, when there is room for what they send once all that landed is written down."""
        has_room = self._in_flight - len(self._unwritten) + self._slice <= self._room
        return self._waiting.waiting() if has_room and not self._stop.is_set() else ()

    def _work(self, turns: Sequence[Turn]) -> int:
        """Write down what landed, and claim from the lane whose turn it is. Returns how many were claimed.

        What landed on that lane is written down in the transaction that claims from it.
        """
        by_lane: dict[int, list[Landed]] = defaultdict(list)
        for landed in self._unwritten:
            by_lane[landed.sending.turn.account_id].append(landed)
        first = by_lane.pop(turns[0].account_id, []) if turns else []
        for lane in by_lane.values():
            turn = lane[-1].sending.turn
            with school_context(turn.school_id):
                self._write_lane(turn, lane)
            self._forget(lane)
            self._stop_trying(turn.account_id)
        for turn in turns:
            found = self._serve(turn, first)
            self._waiting.served(turn, has_more=found >= self._share(turn))
            if found:
                return found
            first = []
        return 0

    def _serve(self, turn: Turn, landed: list[Landed]) -> int:
        """One lane's turn: what landed on it is written down, the next are claimed and handed to the wire."""
        now = school_time.now()
        batch = carrier = None
        with school_context(turn.school_id):
            if landed:
                self._write_lane(landed[-1].sending.turn, landed)
            is_proved = turn.account_id in self._proved
            # A gateway that has taken nothing yet gets a few to begin with, not the whole window.
            if is_proved or (
                self._on_wire[turn.account_id] == len(landed) and self._trying.begin(turn.account_id)
            ):
                carrier = self._carrier(turn, now)
            if carrier is not None:
                batch = claim_here(turn, self._share(turn) if is_proved else FIRST_SLICE, now)
            if batch is not None:
                self._claiming = self._departures.hold(turn.school_id, batch.leaving)
        self._forget(landed)
        if batch is None or carrier is None:
            self._stop_trying(turn.account_id)
            return 0
        sendings = self._sendings(batch, carrier)
        self._claiming = []
        if sendings:
            self._on_wire[turn.account_id] += len(sendings)
            self._hand_over(sendings)
        self._stop_trying(turn.account_id)
        self._tell_stopped(batch, now)
        return len(sendings) + len(batch.stopped)

    def _sendings(self, batch: Batch, carrier: Carrier) -> list[Sending]:
        """What was claimed, each with its place among the departures."""
        turn, checked_at, leave = batch.turn, batch.checked_at, self._departures.leave
        return [
            Sending(row, carrier.outgoing(row), carrier, turn, checked_at, place, partial(leave, place))
            for row, place in zip(batch.leaving, self._claiming, strict=True)
        ]

    def _carrier(self, turn: Turn, now: datetime) -> Carrier | None:
        """The lane's carrier; a lane whose account nobody can use is held until staff mend it."""
        try:
            return carrier_of(turn.account_id, self._carriers)
        except (UnknownGateway, WrongSeal) as problem:
            hold(turn.account_id, turn.school_id, str(problem), now)
            return None

    def _tell_stopped(self, batch: Batch, now: datetime) -> None:
        if batch.stopped:
            with school_context(batch.turn.school_id):
                ladder.follow_up(batch.stopped, now)
                moved = riding.follow(batch.stopped, now)
                tell_status(batch.turn.school_id, [*batch.stopped, *moved])

    def _write_lane(self, turn: Turn, lane: list[Landed]) -> None:
        """Write down what landed on a lane. In the school's context."""
        now = school_time.now()
        results = [_result(landed, now) for landed in lane]
        settled = [result.settled for result in results]
        self._time(turn.account_id, lane)
        written = record(results)
        note_results(turn, settled, now)
        if why := _why_held(lane):
            hold(turn.account_id, turn.school_id, why, now)
        refused = [one.delivery_id for one in results if one.delivery_id in written and one.settled.stopped]
        if refused:
            ladder.follow_up(refused, now)
        moved = [r.delivery_id for r in results if r.delivery_id in written and _moved(r.settled)]
        ridden = [delivery_id for delivery_id in moved if written[delivery_id]]
        tell_status(turn.school_id, moved + riding.follow(ridden, now))
        if any(one.outcome == "accepted" for one in settled):
            self._proved.add(turn.account_id)
        elif any(one.is_failure for one in settled):
            self._proved.discard(turn.account_id)

    def _forget(self, lane: list[Landed]) -> None:
        """These are written down for good; what cannot be written now is kept and tried again."""
        if lane:
            self._on_wire[lane[0].sending.turn.account_id] -= len(lane)
            self._departures.forget(landed.sending.place for landed in lane)
            written = set(map(id, lane))
            self._unwritten = [landed for landed in self._unwritten if id(landed) not in written]

    def _stop_trying(self, account_id: int) -> None:
        """The few it was tried out with are back: others may join in, or try in their turn."""
        if account_id in self._proved or not self._on_wire[account_id]:
            self._trying.end(account_id)


def _moved(settled: Settled) -> bool:
    return settled.status > 0 or bool(settled.stopped)


def _result(landed: Landed, now: datetime) -> Result:
    row = landed.sending.row
    settled = settle(landed.outcome, tries=row.tries, copies=row.copies, now=now)
    return Result(row.id, row.epoch, settled, now, landed.milliseconds)


def _why_held(lane: Sequence[Landed]) -> str:
    """The gateway's sentence for staff when it said that they must act; empty otherwise."""
    for landed in lane:
        outcome = landed.outcome
        if getattr(outcome, "advice", None) is Advice.STAFF_MUST_ACT:
            return landed.sending.carrier.gateway.explain(getattr(outcome, "code", ""))
    return ""
