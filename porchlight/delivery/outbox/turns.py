"""The lanes that wait, as this worker last heard: asked of the database now and then, and not for each batch.

Whether a lane may send is asked again by the statement that claims from it, with the lane's row locked; what is kept
here is only in which order to go round.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from time import monotonic

from porchlight.delivery.outbox.lanes import MOST_LANES, Turn, waiting_lanes
from porchlight.toolbox import school_time

ASK_AGAIN = 0.1  # seconds: another school's lane that fell due meanwhile waits no longer


class Turns:
    """Going round the lanes that wait."""

    def __init__(self) -> None:
        self._next: deque[Turn] = deque()
        self._asked = float("-inf")  # monotonic
        self._knows_all = False

    def waiting(self) -> Sequence[Turn]:
        """Who waited longest first; empty when nobody does."""
        if not self._next or monotonic() - self._asked > ASK_AGAIN:
            self._asked = monotonic()
            self._next = deque(waiting_lanes(school_time.now()))
            self._knows_all = len(self._next) < MOST_LANES
        return tuple(self._next)

    def served(self, turn: Turn, *, has_more: bool) -> None:
        """It had its turn: the next comes after all others. Of more lanes than we heard of, the database says which."""
        if turn in self._next:
            self._next.remove(turn)
        if has_more and self._knows_all:
            self._next.append(turn)

    def forget(self) -> None:
        """Ask anew."""
        self._next.clear()
