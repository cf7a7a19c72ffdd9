"""Several processes on one plan, none treading on another: each turn, each has days and open wishes of its own.

Days touch one another only through which day a wish goes to. So a worker changes what begins on its days alone, and
places open wishes that only it was given; what all of them changed is put together after the turn, and the days are
dealt out anew.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from random import Random
from typing import Any, NamedTuple

from porchlight.meetings.planner.board import Board, Meeting
from porchlight.meetings.planner.budget import Budget
from porchlight.meetings.planner.cooling import cool
from porchlight.meetings.planner.instance import Round
from porchlight.meetings.planner.search import Search

type Change = tuple[int, int, int, int]  # wish, its way's index (-1: no longer held), start, interpreter


class Turn(NamedTuple):
    """What one worker does until all meet again."""

    slots: int
    wishes: list[int]
    seconds: float
    steps: int | None
    span: tuple[float, float]
    seed: str
    by_processor: bool  # seconds are processor time, for measuring on a busy machine


def may_start() -> bool:
    """Whether this process may have others beside it: one of a pool that ends with its owner, as Celery's, may not."""
    return not multiprocessing.current_process().daemon


def useful(round_: Round, workers: int) -> int:
    """How many workers have enough days: with fewer than two for one of them, wishes hardly change their day."""
    return max(1, min(workers, (len(round_.day_ids) + 1) // 2))


def deal(board: Board, workers: int, chance: Random) -> list[tuple[int, list[int]]]:
    """Days (as slots) and open wishes for each worker. Wishes of one family stay together."""
    days = list(board.round.line.days)
    chance.shuffle(days)
    dealt: list[tuple[int, list[int]]] = [(0, []) for _ in range(workers)]
    for number, day in enumerate(days):
        slots, wishes = dealt[number % workers]
        dealt[number % workers] = (slots | day, wishes)
    whose = [int(chance.random() * workers) for _ in board.round.families]
    for number, wish in enumerate(board.wishes):
        if board.held[number] is None and wish.ways:
            dealt[whose[wish.family]][1].append(number)
    return dealt


def take_turn(board: Board, turn: Turn, go_on: Callable[[], bool] = lambda: True) -> list[Change]:
    """Search as the turn says, and say what is different now."""
    before = list(board.held)
    search = Search(board, turn.seed, slots=turn.slots, wishes=turn.wishes)
    budget = Budget(turn.seconds, turn.steps, time.process_time if turn.by_processor else time.monotonic)
    cool(search, used=budget.used, span=turn.span, at_each_look=lambda steps: go_on())
    return changes(board, before)


def changes(board: Board, before: Sequence[Meeting | None]) -> list[Change]:
    """What a board holds otherwise than before."""
    found = []
    for number, (old, new) in enumerate(zip(before, board.held, strict=True)):
        if new is None:
            if old is not None:
                found.append((number, -1, 0, -1))
        elif new != old:
            found.append((number, board.wishes[number].ways.index(new.way), new.start, new.interpreter))
    return found


def apply(board: Board, changed: Sequence[Change]) -> None:
    """Bring a board to where another one got."""
    for number, *_ in changed:
        if board.held[number] is not None:
            board.take(number)
    board.restore(
        Meeting(number, start, board.wishes[number].ways[way], speaker)
        for number, way, start, speaker in changed
        if way >= 0
    )


class Crew:
    """Worker processes beside this one. Used in a `with`; a worker that dies is missed and nothing else."""

    def __init__(self, told: Mapping[str, Any], board: Board, others: int) -> None:
        self.board = board
        self.connections: list[Connection] = []
        self._processes = []
        self._news: list[list[Change]] = []
        context = multiprocessing.get_context("spawn")
        for _ in range(others):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            ours.send((told, board.fixed))
            self.connections.append(ours)
            self._processes.append(process)
            self._news.append(changes(board, [None] * len(board.held)))

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self.connections:
            connection.close()
        for process in self._processes:
            process.terminate()
            process.join()

    def turn(self, turns: Sequence[Turn], go_on: Callable[[], bool]) -> None:
        """One turn of everybody; `turns[0]` is done here. Leaves the board with what all of them found."""
        at_it = []
        for connection, news, turn in zip(self.connections, self._news, turns[1:], strict=True):
            with suppress(OSError):
                connection.send((news, turn))
                at_it.append(connection)
        found = {id(self): take_turn(self.board, turns[0], go_on)}
        if not go_on():
            return
        for connection in at_it:
            with suppress(EOFError, OSError):
                found[id(connection)] = connection.recv()
                apply(self.board, found[id(connection)])
        alive = [connection for connection in self.connections if id(connection) in found]
        self._news = [
            [change for who, theirs in found.items() if who != id(connection) for change in theirs]
            for connection in alive
        ]
        self.connections = alive


def _work(connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us decides
    with suppress(EOFError, OSError):
        told, fixed = connection.recv()
        board = Board(Round(told))
        board.fixed = fixed
        while True:
            news, turn = connection.recv()
            apply(board, news)
            connection.send(take_turn(board, turn))
