"""`porchlight plan-round`: a round's JSON in, a plan's JSON out. Starts without Django, for it needs nothing of it."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from porchlight.meetings.planner import first, plan
from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Round, Unreadable
from porchlight.meetings.planner.planning import Effort, Planning

NAME = "plan-round"
WRITE_EVERY, SAY_EVERY = 5.0, 1.0  # seconds
PLANNED, UNREADABLE, UNWRITTEN = 0, 2, 3

HELP = (
    "Plan a round of conferences: who meets whom, when and how. Reads and writes JSON files, no database. "
    "Stopped early (SIGTERM, Ctrl-C), it leaves the best plan so far."
)


def parser() -> argparse.ArgumentParser:
    """Also the source of docs/commands.md."""
    words = argparse.ArgumentParser(prog=f"porchlight {NAME}", description=HELP)
    words.add_argument(
        "instance", metavar="INSTANCE.json", type=Path, help="the round, in the format porchlight-ptm/1"
    )
    words.add_argument("-o", "--output", metavar="PLAN.json", type=Path, help="where the plan goes")
    words.add_argument(
        "--budget", metavar="SECONDS", type=_seconds, default=60.0, help="how long to look for a better plan"
    )
    words.add_argument(
        "--workers",
        metavar="N",
        type=_count,
        default=1,
        help="processes at work; no more than half as many as there are days are of use",
    )
    words.add_argument("--seed", metavar="N", type=int, default=1, help="another seed finds another plan")
    words.add_argument(
        "--iterations",
        metavar="N",
        type=_count,
        help="so many steps of each worker instead of seconds: the plan is the same each time",
    )
    words.add_argument(
        "--previous",
        metavar="PLAN.json",
        type=Path,
        help="a plan that families know already: keep it, and put in what it lacks",
    )
    return words


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 planned, 2 a file or an argument cannot be read, 3 the plan cannot be written."""
    words = parser()
    asked = words.parse_args(arguments)
    if asked.output is None:
        words.error("say where the plan goes: -o PLAN.json")
    try:
        return _Desk(asked).work()
    except Unreadable as error:
        print(f"{words.prog}: {error}", file=sys.stderr)
        return UNREADABLE
    except OSError as error:
        print(
            f"{words.prog}: cannot write {asked.output}: {error.strerror}; choose another place",
            file=sys.stderr,
        )
        return UNWRITTEN


class _Desk:
    """One run of the command: what was asked, what was written when."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked = asked
        self.begun = time.monotonic()
        self.stopped = False
        self.round: Round
        self.written, self.said = -1, float("-inf")  # penalty of the plan in the file; when we last spoke
        self.written_at = 0.0

    def work(self) -> int:
        asked = self.asked
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        told: dict[str, Any] = plan.read(asked.instance, "the round")
        self.round = Round(told)
        board = Board(self.round)
        if asked.previous is not None:
            plan.take_over(board, plan.read(asked.previous, "the earlier plan"))
        first.fill(board, Random(f"{asked.seed}/first"))
        effort = Effort(asked.budget, asked.iterations, asked.workers, asked.seed)
        planning = Planning(board, effort, watch=self._watch, stop=lambda: self.stopped)
        self._write(planning)
        if asked.previous is None:
            planning.together(told)
        self._write(planning)
        self._say(planning)
        return PLANNED

    def _stop(self, number: int, frame: object) -> None:
        self.stopped = True

    def _watch(self, planning: Planning) -> None:
        now = time.monotonic()
        if now - self.said >= SAY_EVERY:
            self._say(planning)
        if planning.penalty != self.written and now - self.written_at >= WRITE_EVERY:
            self._write(planning)

    def _say(self, planning: Planning) -> None:
        """One line a progress bar can read: `name=value` pairs."""
        self.said = time.monotonic()
        held = len(planning.best())
        print(
            f"seconds={self.said - self.begun:.1f} steps={planning.steps} held={held} "
            f"of={len(self.round.wishes)} penalty={planning.penalty}",
            file=sys.stderr,
            flush=True,
        )

    def _write(self, planning: Planning) -> None:
        meta = {"penalty": planning.penalty, "seed": self.asked.seed, "steps": planning.steps}
        plan.write(self.asked.output, plan.told(self.round, planning.best(), meta))
        self.written, self.written_at = planning.penalty, time.monotonic()


def _seconds(said: str) -> float:
    value = float(said)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError("give seconds, 0 or more")
    return value


def _count(said: str) -> int:
    value = int(said)
    if value < 0:
        raise argparse.ArgumentTypeError("give a whole number, 0 or more")
    return value
