"""`porchlight plan-round`: a round's JSON in, a plan's JSON out. Starts without Django, for it needs nothing of it."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from porchlight.meetings.planner import first, impossible, plan, proposals, replan
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
    _more(words)
    return words


def _more(words: argparse.ArgumentParser) -> None:
    words.add_argument(
        "--previous",
        metavar="PLAN.json",
        type=Path,
        help="a plan that families know already: all of it that still can be is kept, and what fits beside it put in",
    )
    words.add_argument(
        "--proposals",
        metavar="FILE.json",
        type=Path,
        help="with --previous: also look for better, moving few, and write there what each move would gain",
    )
    words.add_argument(
        "--explain",
        action="store_true",
        help="say which requests cannot be met and why; without -o, that alone",
    )
    words.add_argument(
        "--processor-time",
        action="store_true",
        help="count each worker's processor seconds instead of the clock's: for measuring on a busy machine",
    )


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 planned, 2 a file or an argument cannot be read, 3 the plan cannot be written."""
    words = parser()
    asked = words.parse_args(arguments)
    if asked.output is None and not asked.explain:
        words.error("say where the plan goes: -o PLAN.json")
    if asked.proposals is not None and asked.previous is None:
        words.error("--proposals needs the plan that families know: --previous PLAN.json")
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
        told = plan.read(asked.instance, "the round")
        self.round = Round(told)
        if asked.explain:
            self._explain()
        if asked.output is not None:
            self._again() if asked.previous is not None else self._anew(told)
        return PLANNED

    def _anew(self, told: dict[str, Any]) -> None:
        board = Board(self.round)
        first.begin(board, self.asked.seed)
        planning = self._planning(board, watch=self._watch)
        self._write(planning)
        self._say(planning)
        planning.together(told)
        planning.finish()
        self._write(planning)
        self._say(planning)

    def _again(self) -> None:
        previous = plan.read(self.asked.previous, "the earlier plan")
        kept, gone = replan.keep_and_insert(self.round, previous)
        planning = self._planning(kept)
        self._write(planning)
        self._say(planning)
        if gone:
            print(f"could not be kept: {', '.join(gone)}", file=sys.stderr)
        if self.asked.proposals is not None:
            board = replan.priced(self.round, kept, previous)
            search = self._planning(board, watch=self._watch_only)
            replan.search(search)
            self._say(search, board.score)
            found = proposals.told(self.round, proposals.proposals(kept, search.best()))
            whole = plan.told(self.round, search.best(), {"penalty": board.score})
            plan.write(self.asked.proposals, {"proposals": found, "plan": whole})

    def _planning(self, board: Board, watch: Callable[[Planning], None] = lambda planning: None) -> Planning:
        asked = self.asked
        effort = Effort(asked.budget, asked.iterations, asked.workers, asked.seed, asked.processor_time)
        return Planning(board, effort, watch=watch, stop=lambda: self.stopped)

    def _explain(self) -> None:
        """A line for each request that cannot be met, the must-sees first, then who is asked for too long."""
        for one in sorted(impossible.impossible(self.round), key=lambda one: not one.must):
            print(f"{one.request} ({one.party}{', must be held' if one.must else ''}): {one.why}.")
        for said in impossible.crowded(self.round):
            print(f"{said[0].upper()}{said[1:]}.")

    def _stop(self, number: int, frame: object) -> None:
        self.stopped = True

    def _watch_only(self, planning: Planning) -> None:
        if time.monotonic() - self.said >= SAY_EVERY:
            self._say(planning)

    def _watch(self, planning: Planning) -> None:
        now = time.monotonic()
        self._watch_only(planning)
        if planning.penalty != self.written and now - self.written_at >= WRITE_EVERY:
            self._write(planning)

    def _say(self, planning: Planning, penalty: int | None = None) -> None:
        """One line a progress bar can read: `name=value` pairs."""
        self.said = time.monotonic()
        held = len(planning.best())
        print(
            f"seconds={self.said - self.begun:.1f} steps={planning.steps} held={held} "
            f"of={len(self.round.wishes)} penalty={planning.penalty if penalty is None else penalty}",
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
