"""From a round to the best plan that was found in the time, telling of each better one on the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from porchlight.meetings.planner import first
from porchlight.meetings.planner.board import Board, Meeting
from porchlight.meetings.planner.budget import Budget
from porchlight.meetings.planner.cooling import COLD, HOT, cool
from porchlight.meetings.planner.crew import Crew, Turn, deal, may_start, useful
from porchlight.meetings.planner.search import Search

TURN_SECONDS, TURN_STEPS = 1.5, 1200  # what a worker does before all meet


@dataclass
class Effort:
    """How much may be spent. `steps`: of each worker; where they are given, the plan is always the same."""

    seconds: float = 60.0
    steps: int | None = None
    workers: int = 1
    seed: int = 1
    by_processor: bool = False

    def budget(self) -> Budget:
        """Begins now."""
        return Budget(self.seconds, self.steps, time.process_time if self.by_processor else time.monotonic)


class Planning:
    """Improves what a board holds. `watch` hears of each look; `stop` says when somebody wants the plan as it is."""

    def __init__(
        self,
        board: Board,
        effort: Effort,
        *,
        watch: Callable[[Planning], None] = lambda planning: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.board = board
        self.effort = effort
        self.watch = watch
        self.stop = stop
        self.penalty = board.penalty
        self.steps = 0
        self._best = list(board.held)

    def best(self) -> list[Meeting]:
        """The meetings of the best plan so far, in the order of the wishes."""
        return [one for one in self._best if one is not None]

    def look(self) -> None:
        """Keep the plan if it is the best so far."""
        if self.board.penalty < self.penalty:
            self.penalty = self.board.penalty
            self._best = list(self.board.held)
        self.watch(self)

    def finish(self) -> None:
        """Go back to the best plan and put in what still fits anywhere: a plan that is planned again stays the same."""
        self.board.go_back(self._best)
        first.fill(self.board, None)
        self.look()

    def alone(self, heats: tuple[float, float] = (HOT, COLD)) -> None:
        """Search in this process. `heats`: of cooling."""
        budget = self.effort.budget()

        def each(steps: int) -> bool:
            self.steps = steps
            self.look()
            return not self.stop()

        search = Search(self.board, f"{self.effort.seed}")
        self.steps = cool(search, used=budget.used, heats=heats, at_each_look=each)
        self.look()

    def together(self, told: Mapping[str, Any]) -> None:
        """Search in as many processes as the effort asks for and the days allow. `told`: the round's JSON."""
        workers = useful(self.board.round, self.effort.workers)
        if workers == 1 or not may_start():
            self.alone()
            return
        budget, chance = self.effort.budget(), Random(f"{self.effort.seed}/days")
        with Crew(told, self.board, workers - 1) as crew:
            number = 0
            while not self.stop() and budget.used(self.steps) < 1.0:
                turns = self._turns(budget, chance, len(crew.connections) + 1, number)
                crew.turn(turns, lambda: not self.stop())
                self.steps += turns[0].steps or 0
                number += 1
                if not self.stop():  # what is not put together yet is left away
                    self.look()

    def _turns(self, budget: Budget, chance: Random, workers: int, number: int) -> list[Turn]:
        effort, used = self.effort, budget.used(self.steps)
        if effort.steps is not None:
            steps = min(TURN_STEPS, effort.steps - self.steps)
            seconds, end = 0.0, used + steps / effort.steps
        else:
            steps, seconds = None, max(0.1, min(TURN_SECONDS, effort.seconds - budget.elapsed()))
            end = used + seconds / effort.seconds
        return [
            Turn(
                slots,
                wishes,
                seconds,
                steps,
                (used, min(end, 1.0)),
                f"{effort.seed}/{number}/{worker}",
                effort.by_processor,
            )
            for worker, (slots, wishes) in enumerate(deal(self.board, workers, chance))
        ]
