"""The judge of a plan: whether it is valid, and every figure of it. Shares no code with the planner.

    python -m bench.planner.check instance.json plan.json [--previous old_plan.json] [--json]

Exit code 0: valid. 1: at least one hard rule is broken (bench/planner/rules.py). 2: a file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.planner.rules import Round


def check(
    told: dict[str, Any], plan: dict[str, Any], previous: dict[str, Any] | None = None
) -> tuple[list[str], dict[str, Any]]:
    """What is broken, and the figures. `previous`: also what a re-plan changed."""
    round_ = Round(told)
    for one in plan.get("assignments", []):
        round_.place(one)
    round_.look_over()
    found = figures(round_)
    if previous is not None:
        found["replan"] = replanned(round_, previous)
    return round_.errors, found


def figures(round_: Round) -> dict[str, Any]:
    """Held, must-sees, families with none, and the penalty by its parts."""
    requests, placed = round_.requests, round_.placed
    weights = round_.told["weights"]
    asked: dict[str, int] = defaultdict(int)
    for request in requests.values():
        asked[round_.parties[request["party"]]["family"]] += 1
    unmet, cost = _asked_for(round_)
    found: dict[str, Any] = {
        "requests": len(requests),
        "must": sum(one["must"] for one in requests.values()),
        "held": len(placed),
        "must_held": sum(requests[name]["must"] for name in placed),
    }
    gaps, trips = _on_site(round_)
    idle = sum(
        max(end for _, end in day) - min(begin for begin, _ in day) - sum(end - begin for begin, end in day)
        for day in round_.teacher_days.values()
    )
    cost["gap"], cost["trip"] = weights["gap_slot"] * sum(gaps), weights["trip"] * trips
    cost["idle"] = weights["teacher_idle_slot"] * idle
    minutes, families = round_.told["slot_minutes"], max(1, len(asked))
    shares = sorted(1 - unmet[family] / n for family, n in asked.items())
    return found | {
        "cost": cost | {"total": sum(cost.values())},
        "gap_min_per_family": round(sum(gaps) * minutes / families, 2),
        "trips": trips,
        "trips_per_family": round(trips / families, 3),
        "teacher_idle_min": idle * minutes,
        "families_all_held": sum(share == 1 for share in shares),
        "families_none_held": sum(share == 0 for share in shares),
        "max_unmet_one_family": max(unmet.values(), default=0),
    }


def _asked_for(round_: Round) -> tuple[dict[str, int], dict[str, int]]:
    """How many requests of each family are not held, and the penalty but for gaps, trips and idle teachers."""
    weights, placed = round_.told["weights"], round_.placed
    unmet: dict[str, int] = defaultdict(int)
    cost = {"must": 0, "unmet": 0, "fairness": 0, "gap": 0, "trip": 0, "mode": 0, "idle": 0}
    for name, request in round_.requests.items():
        party = round_.parties[request["party"]]
        if name in placed:
            mode = placed[name]["mode"]
            cost["mode"] += 0 if mode == "home" else party["mode_cost"].get(mode, 0)
            continue
        unmet[party["family"]] += 1
        if request["must"]:
            cost["must"] += weights["must_unmet"]
        else:
            cost["unmet"] += weights["unmet_per_priority"] * request["priority"]
    cost["fairness"] = weights["fairness"] * sum(n * (n - 1) // 2 for n in unmet.values())
    return unmet, cost


def _on_site(round_: Round) -> tuple[list[int], int]:
    """Slots each party's day on site holds that are no meeting; and how many such days."""
    gaps = []
    for day in round_.party_days.values():
        there = [sat for sat in day if sat.mode == "in_person"]
        if there:
            whole = max(sat.end for sat in there) - min(sat.start for sat in there)
            gaps.append(whole - sum(sat.end - sat.start for sat in there))
    return gaps, len(gaps)


def replanned(round_: Round, previous: dict[str, Any]) -> dict[str, int]:
    """What of the earlier plan was kept, moved, dropped; and how much of that fell on parties that changed nothing."""
    placed = round_.placed
    old = {one["request"]: one for one in previous["assignments"] if one["request"] in round_.requests}
    both = [name for name in old if name in placed]
    moved = [n for n in both if (old[n]["day"], old[n]["start"]) != (placed[n]["day"], placed[n]["start"])]
    other_mode = [n for n in both if n not in set(moved) and old[n]["mode"] != placed[n]["mode"]]
    dropped = [name for name in old if name not in placed]
    changed = set(round_.told.get("changed_parties", []))
    touched = [round_.requests[name]["party"] for name in moved + dropped + other_mode]
    unchanged = [party for party in touched if party not in changed]
    return {
        "published": len(old),
        "kept": len(both) - len(moved) - len(other_mode),
        "moved": len(moved),
        "mode_changed": len(other_mode),
        "dropped": len(dropped),
        "added": len([name for name in placed if name not in old]),
        "touched_unchanged_parties": len(set(unchanged)),
        "changes_to_unchanged_parties": len(unchanged),
    }


def main() -> int:
    """Judges the files named on the command line."""
    words = argparse.ArgumentParser(prog="bench.planner.check", description=__doc__)
    words.add_argument("instance", type=Path)
    words.add_argument("plan", type=Path)
    words.add_argument("--previous", type=Path)
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    try:
        told, plan = json.loads(asked.instance.read_bytes()), json.loads(asked.plan.read_bytes())
        previous = json.loads(asked.previous.read_bytes()) if asked.previous else None
    except (OSError, ValueError) as error:
        print("unreadable:", error)
        return 2
    errors, found = check(told, plan, previous)
    if asked.json:
        print(
            json.dumps(
                {"valid": not errors, "errors": errors[:50], "n_errors": len(errors), "metrics": found}
            )
        )
    else:
        for broken in errors[:20]:
            print("ERROR", broken)
        print(f"INVALID ({len(errors)} errors)" if errors else "VALID")
        for name, value in found.items():
            print(f"  {name}: {value}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
