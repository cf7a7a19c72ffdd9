"""A search for a plan, asked for on a page and done by a worker: how far it is, the best so far, stopped when asked.

The row is written between the steps of the search, never inside a transaction that lasts: whoever looks sees it move.
A worker that was killed leaves the best plan it had written; the row is then over for whoever asks next, and that plan
may be taken.
"""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from porchlight.activity.record import record
from porchlight.meetings.models import Planning, Round
from porchlight.meetings.planned.standing import Standing, standing_of
from porchlight.meetings.planned.unmet import cannot_be
from porchlight.meetings.planner import first, plan, proposals, replan
from porchlight.meetings.planner.board import Board, Meeting
from porchlight.meetings.planner.planning import Effort
from porchlight.meetings.planner.planning import Planning as Search
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

SILENT = timedelta(seconds=45)  # a sign comes every two
SIGN_EVERY = 2.0  # seconds
POINTS = 200  # of the curve that a page shows
SEARCHES = 60  # seconds, unless somebody says otherwise
MOVES = 6  # proposed at most in a small round, where one in a hundred would be nobody
log = logging.getLogger(__name__)


class Busy(Exception):
    """A search for this round goes on: `planning`."""

    def __init__(self, planning: Planning) -> None:
        super().__init__("busy")
        self.planning = planning


class Told(Exception):
    """Families know their times: nothing is planned anew, only changed."""


def ask(
    round_: Round,
    *,
    by: Actor,
    now: datetime,
    what: Planning.What = Planning.What.PLAN,
    seconds: int = SEARCHES,
    steps: int | None = None,
    seed: int = 1,
) -> Planning:
    """Have a worker look. Raises Busy while one does, and Told when a plan is asked for that families know already."""
    if what == Planning.What.PLAN and round_.told_at is not None:
        raise Told
    make_room(round_, now=now)
    asked_by = by.post_id or round_.made_by_id
    try:
        with transaction.atomic():
            found = Planning.objects.create(
                school_id=round_.school_id, round=round_, what=what, asked_by_id=asked_by, asked_at=now,
                seconds=seconds, steps=steps, seed=seed,
            )  # fmt: skip
            record("round.planning", about=round_, by=by, what=str(what))
    except IntegrityError:  # somebody was a moment quicker
        going = Planning.objects.in_school(round_.school_id).under_way().get(round=round_)
        raise Busy(going) from None
    from porchlight.meetings.planned.tasks import plan_on

    transaction.on_commit(partial(plan_on.enqueue, round_.school_id, found.pk))
    return found


def make_room(round_: Round, *, now: datetime) -> None:
    """Raises Busy while a search lives; one that shows no life is over, and keeps what it found."""
    rows = Planning.objects.in_school(round_.school_id).under_way().filter(round=round_)
    going = rows.first()
    if going is None:
        return
    if not is_silent(going, now):
        raise Busy(going)
    rows.update(ended_at=now, outcome=Planning.LOST)


def is_silent(planning: Planning, now: datetime) -> bool:
    """Its worker has not been heard of for a while: killed, or none runs."""
    return planning.ended_at is None and now - (planning.seen_at or planning.asked_at) > SILENT


def stop(planning: Planning, *, by: Actor, now: datetime) -> None:
    """Enough: the best so far is the plan. Twice changes nothing."""
    rows = Planning.objects.in_school(planning.school_id).under_way().filter(pk=planning.pk, stopped_at=None)
    rows.update(stopped_at=now, stopped_by_id=by.post_id)


def work(school_id: int, planning_id: int) -> None:
    """One search from its beginning to its end; none when it is over, or when somebody is at it."""
    school = School.objects.get(pk=school_id)
    with school_context(school):
        rows = Planning.objects.in_school(school).under_way().filter(pk=planning_id, begun_at=None)
        now = school_time.now()
        if not rows.update(begun_at=now, seen_at=now):
            return
        row = Planning.objects.in_school(school).select_related("round__school").get(pk=planning_id)
        standing = standing_of(row.round, now=now)
    desk = _Desk(row, standing)
    try:
        desk.better() if row.what == Planning.What.BETTER else desk.plan()
    except Exception:
        # Whoever asked is told that it went wrong; whoever runs the server finds the reason.
        log.exception("A round could not be planned.")
        desk.end(Planning.CRASHED)
    else:
        desk.end(Planning.DONE)


def processes() -> int:
    """How many look together."""
    return max(1, min(settings.PLANNER_WORKERS, os.cpu_count() or 1))


@dataclass
class _Desk:
    """One search at work."""

    row: Planning
    standing: Standing
    begun: float = field(default_factory=time.monotonic)
    said_at: float = float("-inf")
    stopped: bool = False
    progress: list[list[Any]] = field(default_factory=list)

    def plan(self) -> None:
        """Anew, around what was pinned."""
        planner = self.standing.planner
        board = Board(planner)
        board.fixed = self.standing.board.fixed
        kept = [one for one in self.standing.board.meetings() if one.wish in board.fixed]
        board.restore(kept)
        first.begin(board, self.row.seed)
        search = self._search(board)
        self.row.unmet = cannot_be(self.standing)
        self.row.asked_for = len(planner.wishes)
        self.sign(search, whole=True)
        search.together(self.standing.asked.told)
        search.finish()
        self.sign(search, whole=True)

    def better(self) -> None:
        """What would be worth moving of that which families know."""
        planner, kept = self.standing.planner, self.standing.board
        as_told = list(kept.held)
        previous = plan.told(planner, kept.meetings(), {})
        first.fill(kept, None)
        board = replan.priced(planner, kept, previous)
        board.fixed = kept.fixed
        board.most_strayed = max(board.most_strayed, MOVES)
        search = self._search(board)
        self.row.asked_for = len(planner.wishes)
        replan.search(search)
        kept.go_back(as_told)
        found = proposals.proposals(kept, search.best())
        # Nothing that a family knows is taken from it: only what gives everybody in it a time is proposed.
        whole = [one for one in found if all(new is not None for _wish, _old, new in one.changes)]
        self.row.proposals = proposals.told(planner, [one for one in whole if one.gain > 0])
        self.sign(search, whole=True)

    def _search(self, board: Board) -> Search:
        row = self.row
        workers = 1 if row.steps is not None else processes()  # by steps, every machine finds the same plan
        effort = Effort(seconds=float(row.seconds), steps=row.steps, workers=workers, seed=row.seed)
        return Search(board, effort, watch=self.watch, stop=lambda: self.stopped)

    def watch(self, search: Search) -> None:
        """Between steps: a sign of life every two seconds, and a look whether somebody wants to stop."""
        if time.monotonic() - self.said_at >= SIGN_EVERY:
            self.sign(search)

    def sign(self, search: Search, *, whole: bool = False) -> None:
        """Write down how far it is, and the best plan."""
        self.said_at = time.monotonic()
        best: list[Meeting] = search.best()
        seconds = round(self.said_at - self.begun, 1)
        self.progress = [*self.progress[-POINTS:], [seconds, len(best), search.penalty]]
        facts: dict[str, Any] = {"seen_at": school_time.now(), "progress": self.progress}
        if self.row.what == Planning.What.PLAN:
            facts["plan"] = plan.told(self.standing.planner, best, {})["assignments"]
        if whole:
            facts |= {
                "unmet": self.row.unmet, "asked_for": self.row.asked_for, "proposals": self.row.proposals,
            }  # fmt: skip
        with school_context(self.row.school_id):
            rows = Planning.objects.in_school(self.row.school_id).under_way().filter(pk=self.row.pk)
            alive = rows.update(**facts)
            self.stopped = not alive or rows.exclude(stopped_at=None).exists()

    def end(self, outcome: str) -> None:
        """Close the row, unless somebody closed it first."""
        with school_context(self.row.school_id):
            rows = Planning.objects.in_school(self.row.school_id).under_way().filter(pk=self.row.pk)
            rows.update(ended_at=school_time.now(), outcome=outcome)
