"""Simulated annealing: worse is accepted often at first and hardly at the end."""

from __future__ import annotations

from collections.abc import Callable

from porchlight.meetings.planner.search import Search

HOT, COLD = 40.0, 3.0  # penalty that a step may add, in the mean, at the beginning and at the end
WIDTH = 8  # slots a ruin reaches to either side at most
LOOK = 40  # steps between two looks at the clock


def cool(
    search: Search,
    *,
    used: Callable[[int], float],
    span: tuple[float, float] = (0.0, 1.0),
    heats: tuple[float, float] = (HOT, COLD),
    at_each_look: Callable[[int], bool] = lambda steps: True,
) -> int:
    """Search until `used(steps)` is 1 or `at_each_look(steps)` says no; the steps done.

    `heats`: at the beginning and at the end of the whole cooling. `span`: the part of it that this is, when it is one
    turn of many.
    """
    steps = 0
    while True:
        share = used(steps)
        if share >= 1.0 or not at_each_look(steps):
            return steps
        whole = span[0] + (span[1] - span[0]) * share
        heat = heats[0] * (heats[1] / heats[0]) ** whole
        for _ in range(LOOK):
            search.step(heat, WIDTH)
        steps += LOOK
