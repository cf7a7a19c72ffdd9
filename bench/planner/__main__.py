"""`make bench-planner`: rounds of every size and profile, by usual booking and by our planner; the judge counts.

Seconds are wall time unless --processor-time; on a busy machine the wall tells little.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from bench.planner import first_come
from bench.planner.check import check
from bench.planner.generate import change, generate
from bench.planner.kinds import PROFILES, SIZES
from bench.planner.running import Ran, plan_round
from porchlight.meetings.planner import plan
from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.instance import Round

SECONDS = {"tiny": 3, "small": 10, "medium": 30, "large": 60}
HELD_OF_BOUND = {"small": 0.98, "medium": 0.975, "large": 0.97}
OF_FIRST_COME = 1.04  # what ours holds, of the better usual way
# No plan holds more: solved once as an integer programme without gaps and trips. Held, must-sees; seed 1, normal.
BOUNDS = {"small": (226, 18), "medium": (2755, 230), "large": (9155, 786)}
# The same of the other profiles, seed 1, from the linear programme alone; decision 85 says which.
HELD_AT_MOST = {
    ("small", "tight"): 232,
    ("small", "interpreter"): 257,
    ("small", "separated"): 258,
    ("small", "homevisit"): 228,
    ("medium", "tight"): 3048,
    ("medium", "interpreter"): 2581,
    ("medium", "separated"): 2944,
    ("medium", "homevisit"): 2628,
    ("large", "tight"): 10885,
    ("large", "interpreter"): 8449,
    ("large", "separated"): 10235,
}
# No plan's penalty is less; seed 1, normal. Fairness, waiting and idle teachers count nothing here.
PENALTY_AT_LEAST = {"small": 7349, "medium": 116187}


class Bars:
    """What is asked for and whether it came."""

    def __init__(self) -> None:
        self.missed = 0

    def say(self, what: str, value: float, bar: float, *, at_least: bool) -> None:
        met = value >= bar if at_least else value <= bar
        self.missed += not met
        sign = ">=" if at_least else "<="
        print(f"    {'met   ' if met else 'MISSED'} {what}: {value:,.4g} {sign} {bar:,.4g}")


class Case(NamedTuple):
    """One round and how it is asked to be planned."""

    size: str
    profile: str
    told: dict[str, Any]
    asked: argparse.Namespace
    folder: Path


def main() -> int:
    """Exit code 1 when a bar was missed or a plan was invalid."""
    words = argparse.ArgumentParser(prog="bench.planner", description=__doc__)
    words.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    words.add_argument("--profiles", nargs="+", choices=PROFILES, default=list(PROFILES))
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--seconds", type=float, help="for each round, instead of 3, 10, 30 and 60 by size")
    words.add_argument(
        "--processor-time", action="store_true", help="each worker's seconds instead of the clock's"
    )
    asked, bars = words.parse_args(), Bars()
    with tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            for profile in asked.profiles:
                told = generate(size, asked.seed, profile)
                _case(Case(size, profile, told, asked, Path(folder)), bars)
    print(f"\n{bars.missed} missed" if bars.missed else "\nall met")
    return 1 if bars.missed else 0


def _case(case: Case, bars: Bars) -> None:
    seconds = case.asked.seconds or SECONDS[case.size]
    print(f"\n== {case.told['name']}: {len(case.told['requests']):,} requests, {seconds:g} s ==")
    print(f"    {'':26}{'held':>7}{'must':>6}{'none':>6}{'gap':>7}{'trips':>7}{'penalty':>11}")
    round_ = Round(case.told)
    early = _judged(case, "first come, earliest", _plan(first_come.earliest(round_)), bars)
    run = _judged(case, "first come, best run", _plan(first_come.best_run(round_)), bars)
    more = ["--processor-time"] if case.asked.processor_time else []
    workers = ["--workers", str(case.asked.workers)]
    ran = plan_round(case.folder, case.told, "--budget", str(seconds), *workers, *more)
    ours = _judged(case, "ours", ran.plan, bars)
    _bars(case, bars, early, run, ours, ran)
    if case.size == "large" and case.profile == "normal":
        _again(case, bars, ran.plan, more)


def _plan(board: Board) -> dict[str, Any]:
    return plan.told(board.round, board.meetings(), {})


def _judged(
    case: Case, who: str, made: dict[str, Any], bars: Bars, previous: dict[str, Any] | None = None
) -> dict[str, Any]:
    errors, found = check(case.told, made, previous)
    print(
        f"    {who:26}{found['held']:>7,}{found['must_held']:>6}{found['families_none_held']:>6}"
        f"{found['gap_min_per_family']:>7.1f}{found['trips_per_family']:>7.2f}{found['cost']['total']:>11,}"
    )
    if errors:
        bars.say(f"rules broken by {who} ({errors[0]})", len(errors), 0, at_least=False)
    return found


def _bars(
    case: Case, bars: Bars, early: dict[str, Any], run: dict[str, Any], ours: dict[str, Any], ran: Ran
) -> None:
    if case.profile != "normal" or case.asked.seed != 1:
        _of_first_come(case, bars, max(early["held"], run["held"]), ours["held"])
        return
    if case.size in BOUNDS:
        bound, must = BOUNDS[case.size]
        bars.say("held, of the bound", ours["held"] / bound, HELD_OF_BOUND[case.size], at_least=True)
        bars.say("must-sees, of the bound", ours["must_held"] / must, 1.0, at_least=True)
    if case.size in PENALTY_AT_LEAST:
        times = ours["cost"]["total"] / PENALTY_AT_LEAST[case.size]
        print(f"           penalty, of the least there could be: {times:.3f}")
    if case.size == "large":
        better = min(early["cost"]["total"], run["cost"]["total"], 1_160_000)
        bars.say("penalty, of first come", ours["cost"]["total"] / better, 0.5, at_least=False)
        none = min(early["families_none_held"], run["families_none_held"], 69)
        bars.say("families with none, of first come", ours["families_none_held"] / none, 0.7, at_least=False)
        first = ran.first_busy if case.asked.processor_time else ran.first
        bars.say("first plan, seconds", first, 5, at_least=False)
        bars.say("earliest, of 8,237", early["held"] / 8237, 0.99, at_least=True)
        bars.say("best run, of 8,447", run["held"] / 8447, 0.99, at_least=True)
        if ran.megabytes is not None:
            bars.say("memory, MB", ran.megabytes, 300, at_least=False)


def _of_first_come(case: Case, bars: Bars, usual: int, ours: int) -> None:
    """Against the better usual way; against the bound where not even that is so much more."""
    bound = HELD_AT_MOST.get((case.size, case.profile)) if case.asked.seed == 1 else None
    ratio = ours / max(1, usual)
    if bound is not None and bound < OF_FIRST_COME * usual:
        print(
            f"           {OF_FIRST_COME} times first come is more than any plan holds ({bound / usual:.3f})"
        )
        bars.say("held, of the bound", ours / bound, HELD_OF_BOUND[case.size], at_least=True)
    elif bound is not None or case.size == "large":
        bars.say("held, of first come", ratio, OF_FIRST_COME, at_least=True)
    else:
        print(f"           held, of first come: {ratio:.3f}")
    if bound is not None:
        print(f"           held, of the bound: {ours / bound:.3f}")


def _again(case: Case, bars: Bars, previous: dict[str, Any], more: list[str]) -> None:
    """After five in a hundred families changed when they can."""
    changed = case._replace(told=change(case.told, 3, 0.05))
    old, offered = case.folder / "old.json", case.folder / "offered.json"
    plan.write(old, previous)
    known = ["--previous", str(old)]
    kept = plan_round(case.folder, changed.told, *known)
    insert = _judged(changed, "again: kept, inserted", kept.plan, bars, previous)
    touched = insert["replan"]["changes_to_unchanged_parties"]
    busy = case.asked.processor_time
    bars.say("insert only, seconds", kept.busy if busy else kept.seconds, 3, at_least=False)
    bars.say("insert only, others touched", touched, 0, at_least=False)
    ran = plan_round(case.folder, changed.told, *known, "--proposals", str(offered), "--budget", "14", *more)
    better = _judged(
        changed, "again: proposals taken", plan.read(offered, "the proposals")["plan"], bars, previous
    )
    others = better["replan"]["changes_to_unchanged_parties"]
    bars.say("proposals, seconds", ran.busy if busy else ran.seconds, 15, at_least=False)
    bars.say("held, of before", better["held"] / len(previous["assignments"]), 0.997, at_least=True)
    bars.say("others moved, share", others / len(previous["assignments"]), 0.01, at_least=False)


if __name__ == "__main__":
    sys.exit(main())
