"""Planning again when families know a plan already: what they know stays, and moving it has a price."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from porchlight.meetings.planner import first, plan
from porchlight.meetings.planner.board import Board, Meeting
from porchlight.meetings.planner.instance import Round, Way, Wish
from porchlight.meetings.planner.planning import Planning

PRICE = 150  # penalty of one appointment moved that a family did not ask to move
MOVED_AT_MOST = 0.01  # of the appointments of those who changed nothing
HEATS = (12.0, 2.0)


class PricedBoard(Board):
    """A board on which what families expect costs `price` when it is held elsewhere, or not at all.

    Its `penalty` has that in it; `score` is without. `unasked`: wishes of those who changed nothing; of them only few
    may be moved.
    """

    def __init__(
        self,
        round_: Round,
        settled: Mapping[int, tuple[int, Way]],
        unasked: Collection[int],
        price: int = PRICE,
    ) -> None:
        super().__init__(round_)
        self.settled = settled
        self.unasked = frozenset(unasked)
        self.price = price
        self.elsewhere = len(settled)  # or not held
        self.strayed = len(self.unasked)  # the same, of `unasked`
        self.most_strayed = int(len(self.unasked) * MOVED_AT_MOST)
        self.penalty += price * len(settled)

    @property
    def score(self) -> int:
        """The penalty as the judge counts it."""
        return self.penalty - self.price * self.elsewhere

    def cost(self, wish: Wish, way: Way, start: int) -> int:
        """As on any board, and the price when families expect it elsewhere."""
        cost = super().cost(wish, way, start)
        return cost if self.settled.get(wish.number, (start, way)) == (start, way) else cost + self.price

    def gain(self, wish: Wish) -> int:
        """As on any board, and the price when families expect it."""
        return super().gain(wish) + (self.price if wish.number in self.settled else 0)

    def _hold(self, meeting: Meeting, wish: Wish) -> None:
        super()._hold(meeting, wish)
        if self.settled.get(meeting.wish) == (meeting.start, meeting.way):
            self.elsewhere -= 1
            self.strayed -= meeting.wish in self.unasked

    def _release(self, meeting: Meeting, wish: Wish) -> None:
        super()._release(meeting, wish)
        if self.settled.get(meeting.wish) == (meeting.start, meeting.way):
            self.elsewhere += 1
            self.strayed += meeting.wish in self.unasked


def keep_and_insert(round_: Round, previous: Mapping[str, Any]) -> tuple[Board, list[str]]:
    """All of the earlier plan that may still be held, and what fits beside it; the requests that had to be let go.

    Nobody else is touched. Raises Unreadable.
    """
    board = Board(round_)
    gone = plan.take_over(board, previous)
    first.fill(board, None)
    return board, gone


def priced(round_: Round, kept: Board, previous: Mapping[str, Any]) -> PricedBoard:
    """A board that holds what `kept` holds and knows what families expect: all that was kept."""
    known = {one["request"] for one in previous["assignments"]}
    settled = {
        one.wish: (one.start, one.way) for one in kept.meetings() if round_.wishes[one.wish].key in known
    }
    unasked = [n for n in settled if round_.parties[round_.wishes[n].party] not in round_.changed]
    board = PricedBoard(round_, settled, unasked)
    board.restore(kept.meetings())
    return board


def search(planning: Planning) -> None:
    """Look for what is worth its price. `planning`: of a priced board."""
    planning.alone(HEATS)
    planning.finish()
