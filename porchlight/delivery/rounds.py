"""What a worker does beside sending: it reads the inbox at once, and every few seconds looks for what fell due."""

from __future__ import annotations

import logging
import threading
from time import monotonic

from django.conf import settings

from porchlight.delivery.going_on import go_on
from porchlight.delivery.inbox.processing import process_parked, process_waiting
from porchlight.delivery.inbox.waiting import AT_A_TIME
from porchlight.delivery.outbox.departures import LEAVING, look_for_the_dead
from porchlight.delivery.outbox.limits import refill
from porchlight.delivery.outbox.sweeping import sweep
from porchlight.delivery.outbox.ticking import Ticker
from porchlight.toolbox.database_time import school_now

LOOK_AGAIN = 0.25  # seconds an idle inbox waits
SOON = 0.1  # seconds a busy one gives others to come in as well, so that they are read together
EVERY = 3.0  # seconds between rounds
SWEEP_EVERY = 9.0  # seconds between looks for what was lost: a lease alone is a minute
ONE_MORE = 1.0  # seconds until the next look, where something was: others may wait for that one to be through

log = logging.getLogger(__name__)


class Rounds:
    """One worker's second pair of hands, in a plain thread of its own."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._ticker = Ticker()
        self._went = self._swept = float("-inf")  # monotonic

    def stop(self) -> None:
        """`run()` ends after what it is doing."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped. The database may come and go; what fails is logged and tried again."""
        go_on(self._work, self._stop, log, "A round broke off.")

    def _work(self) -> float:
        busy = process_waiting()
        self._go_round(monotonic())
        return 0 if busy >= AT_A_TIME else SOON if busy else LOOK_AGAIN

    def _go_round(self, moment: float) -> None:
        """Lost things are found, parked statuses tried again, and the rooms above do what is due."""
        if moment - self._went < EVERY:
            return
        self._went, now = moment, school_now()
        look_for_the_dead(settings.VAR / LEAVING)
        if moment - self._swept >= SWEEP_EVERY:
            self._swept = moment
            if sweep(now):
                self._went, self._swept = moment + ONE_MORE - EVERY, float("-inf")
        refill(now)
        process_parked(now)
        self._ticker.tick(now)
