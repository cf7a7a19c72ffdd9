"""The database's side of a worker: claims, hands to the wire, records; pipelined, at most 64 on their way."""

from __future__ import annotations

import logging
import queue
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic

from django.db import DatabaseError, InterfaceError, connection

from porchlight.delivery.gateways.contract import Advice
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.inbox.listeners import tell_status
from porchlight.delivery.outbox import ladder
from porchlight.delivery.outbox.carriers import Carrier, carrier_of
from porchlight.delivery.outbox.claiming import Batch, claim
from porchlight.delivery.outbox.holding import hold
from porchlight.delivery.outbox.lanes import Turn, note_results, waiting_lanes
from porchlight.delivery.outbox.outcomes import Settled, settle
from porchlight.delivery.outbox.recording import Result, record
from porchlight.delivery.outbox.wire import Landed, Sending
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from porchlight.toolbox.sealed import WrongSeal

WINDOW, SLICE, FIRST_SLICE = 64, 32, 8
LOOK_AGAIN = 0.25  # seconds an idle worker waits before it looks for due lanes
GATHER = 0.015  # seconds results are gathered so that they are written together
PATIENCE = 1.0  # seconds after the database went away

log = logging.getLogger(__name__)


class Outbox:
    """One worker's hand on the database. `hand_over` takes sendings to the wire; `landed` brings them back."""

    def __init__(self, hand_over: Callable[[Sequence[Sending]], object]) -> None:
        self._hand_over = hand_over
        self.landed: queue.SimpleQueue[Sequence[Landed]] = queue.SimpleQueue()
        self._unwritten: list[Landed] = []
        self._carriers: dict[int, Carrier] = {}
        self._proved: set[int] = set()  # lanes whose gateway took something from this worker
        self._on_wire: Counter[int] = Counter()  # by lane
        self._stop = threading.Event()

    @property
    def _in_flight(self) -> int:
        return self._on_wire.total()

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
                self._stop.wait(PATIENCE)
        connection.close()

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
        """Write what landed, claim what there is room for. Returns how long to wait for the next landing."""
        self._gather(wait)
        self._write()
        claimed = 0
        while not self._stop.is_set() and self._in_flight + SLICE <= WINDOW:
            found = self._claim_next()
            if not found:
                break
            claimed += found
        if claimed:
            return 0.0
        return LOOK_AGAIN if not self._in_flight else GATHER

    def _gather(self, wait: float) -> None:
        """Take what landed; when something did, wait a moment for its neighbours."""
        end = monotonic() + (wait or (GATHER if self._in_flight >= WINDOW else 0.0))
        while len(self._unwritten) < SLICE:
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

    def _claim_next(self) -> int:
        """Claim from the lane whose turn it is and hand it to the wire. Returns how many were claimed."""
        now = school_time.now()
        for turn in waiting_lanes(now):
            is_proved = turn.account_id in self._proved
            if self._on_wire[turn.account_id] and not is_proved:
                continue  # a gateway that has taken nothing yet gets a few to begin with, not the whole window
            carrier = self._carrier(turn, now)
            if carrier is None:
                continue
            batch = claim(turn, SLICE if is_proved else FIRST_SLICE, now)
            if batch is None:
                continue
            sendings = [
                Sending(row, carrier.outgoing(row), carrier, batch.turn, batch.checked_at)
                for row in batch.leaving
            ]
            if sendings:
                self._on_wire[turn.account_id] += len(sendings)
                self._hand_over(sendings)
            self._tell_stopped(batch, now)
            if sendings or batch.stopped:
                return len(sendings) + len(batch.stopped)
        return 0

    def _carrier(self, turn: Turn, now: datetime) -> Carrier | None:
        """The lane's carrier; a lane whose account nobody can use is held until staff mend it."""
        try:
            with school_context(turn.school_id):
                return carrier_of(turn.account_id, self._carriers)
        except (UnknownGateway, WrongSeal) as problem:
            with school_context(turn.school_id):
                hold(turn.account_id, turn.school_id, str(problem), now)
            return None

    def _tell_stopped(self, batch: Batch, now: datetime) -> None:
        if batch.stopped:
            with school_context(batch.turn.school_id):
                ladder.follow_up(batch.stopped, now)
                tell_status(batch.turn.school_id, batch.stopped)

    def _write(self) -> None:
        """Write down what landed, lane by lane; what cannot be written now is kept and tried again."""
        by_lane: dict[int, list[Landed]] = defaultdict(list)
        for landed in self._unwritten:
            by_lane[landed.sending.turn.account_id].append(landed)
        for account_id, lane in by_lane.items():
            self._write_lane(lane)
            self._on_wire[account_id] -= len(lane)
            written = set(map(id, lane))
            self._unwritten = [landed for landed in self._unwritten if id(landed) not in written]

    def _write_lane(self, lane: list[Landed]) -> None:
        now = school_time.now()
        turn = lane[-1].sending.turn
        results = [_result(landed, now) for landed in lane]
        settled = [result.settled for result in results]
        with school_context(turn.school_id):
            written = record(turn.school_id, results)
            note_results(turn, settled, now)
            if why := _why_held(lane):
                hold(turn.account_id, turn.school_id, why, now)
            refused = [
                one.delivery_id for one in results if one.delivery_id in written and one.settled.stopped
            ]
            if refused:
                ladder.follow_up(refused, now)
            moved = [r.delivery_id for r in results if r.delivery_id in written and _moved(r.settled)]
            tell_status(turn.school_id, moved)
        if any(one.outcome == "accepted" for one in settled):
            self._proved.add(turn.account_id)
        elif any(one.is_failure for one in settled):
            self._proved.discard(turn.account_id)


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
