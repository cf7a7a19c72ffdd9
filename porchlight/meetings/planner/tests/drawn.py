"""Rounds the tests plan: drawn by the bench's generator, judged by its judge, which knows nothing of the planner."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import Any

from bench.planner.check import check
from bench.planner.generate import change, generate
from porchlight.meetings.planner import first, plan
from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Round

PROFILES = ("normal", "tight", "interpreter", "separated", "homevisit")


@cache
def _text(size: str, profile: str, seed: int) -> str:
    return json.dumps(generate(size, seed, profile))


def drawn(size: str = "tiny", profile: str = "normal", seed: int = 1) -> dict[str, Any]:
    """A fresh copy."""
    return json.loads(_text(size, profile, seed))


def twin(told: dict[str, Any], seed: int = 3) -> dict[str, Any]:
    """The same round after a tenth of the families changed when they can."""
    return change(told, seed, 0.1)


def filled(told: dict[str, Any], seed: int = 1) -> Board:
    """With a first plan."""
    board = Board(Round(told))
    first.fill(board, Random(seed))
    return board


def judged(told: dict[str, Any], board: Board, previous: dict[str, Any] | None = None) -> dict[str, Any]:
    """The judge's figures; fails where it finds a rule broken, or another price than the board's."""
    errors, figures = check(told, plan.told(board.round, board.meetings(), {}), previous)
    assert errors == []
    return figures
