"""The judge: breaks a valid plan in one way for each rule, and hears of each. Names do not matter to plan or judge."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from bench.planner.check import check
from porchlight.meetings.planner import plan
from porchlight.meetings.planner.planning import Effort, Planning
from porchlight.meetings.planner.tests.drawn import drawn, filled

type Json = dict[str, Any]
type Break = Callable[[Json, list[Json], Random], None]


def of_teacher(told: Json, all_: list[Json], teacher: str) -> list[Json]:
    requests = {one["id"]: one for one in told["requests"]}
    return [one for one in all_ if teacher in requests[one["request"]]["teachers"]]


def twice(told: Json, all_: list[Json], chance: Random) -> None:
    all_.append(dict(all_[0]))


def outside(told: Json, all_: list[Json], chance: Random) -> None:
    all_[0]["start"] = told["days"][all_[0]["day"]]["slots"]


def anywhere(told: Json, all_: list[Json], chance: Random) -> None:
    one = chance.choice(all_)
    one["day"], one["start"] = chance.choice(told["days"])["id"], chance.randrange(30)


def other_mode(told: Json, all_: list[Json], chance: Random) -> None:
    one = chance.choice(all_)
    one["mode"] = "phone" if one["mode"] == "home" else "home"


def onto_another(told: Json, all_: list[Json], chance: Random) -> None:
    one, other = chance.sample(of_teacher(told, all_, chance.choice(told["teachers"])["id"]), 2)
    other["day"], other["start"] = one["day"], one["start"]


def family_in_two_places(told: Json, all_: list[Json], chance: Random) -> None:
    party = {one["id"]: one["party"] for one in told["requests"]}
    one, other = chance.sample(all_, 2)
    next(each for each in told["requests"] if each["id"] == other["request"])["party"] = party[one["request"]]
    other["day"], other["start"] = one["day"], one["start"]


def parents_together(told: Json, all_: list[Json], chance: Random) -> None:
    party = {one["id"]: one["party"] for one in told["requests"]}
    one, other = chance.sample(all_, 2)
    other["day"], other["start"] = one["day"], one["start"]
    told["separations"].append({"a": party[one["request"]], "b": party[other["request"]], "gap": 0})


def no_interpreter(told: Json, all_: list[Json], chance: Random) -> None:
    chance.choice([one for one in all_ if one["interpreter"]])["interpreter"] = None


def no_break(told: Json, all_: list[Json], chance: Random) -> None:
    length, start = {one["id"]: one["duration"] for one in told["requests"]}, 0
    for one in of_teacher(told, all_, "t000"):
        one["day"], one["start"] = 0, start
        start += length[one["request"]]


BREAKS: list[tuple[str, Break]] = [
    ("H1", twice),
    ("H2", outside),
    ("H3", anywhere),
    ("H4", anywhere),
    ("H5", other_mode),
    ("H6", onto_another),
    ("H7", family_in_two_places),
    ("H8", parents_together),
    ("H9", no_interpreter),
    ("H10", no_break),
]


def test_each_rule_is_heard_when_it_is_broken() -> None:
    told = drawn("small", "interpreter")
    board = filled(told)
    whole = plan.told(board.round, board.meetings(), {})
    assert check(told, whole)[0] == []
    for rule, spoil in BREAKS:
        assert any(rule in broken_rules(told, whole, spoil, seed) for seed in range(60)), rule


def broken_rules(told: Json, whole: Json, spoil: Break, seed: int) -> set[str]:
    other, broken = copy.deepcopy(told), copy.deepcopy(whole)
    spoil(other, broken["assignments"], Random(seed))
    return {one.split(":")[0] for one in check(other, broken)[0]}


def test_what_is_no_assignment_or_asks_for_what_is_not_there_is_heard() -> None:
    told = drawn()
    errors, _ = check(
        told, {"assignments": [{"request": "r00000"}, {"request": "x", "day": 0, "start": 0, "mode": "home"}]}
    )
    assert [one[:3] for one in errors] == ["H0:", "H1:"]


@pytest.mark.parametrize("profile", ["normal", "separated"])
def test_other_names_change_nothing_in_the_score(profile: str) -> None:
    scores = []
    for rename in (False, True):
        told = drawn("small", profile)
        if rename:
            told = renamed(told)
        planning = Planning(filled(told), Effort(steps=500))
        planning.alone()
        planning.finish()
        errors, figures = check(told, plan.told(planning.board.round, planning.best(), {}))
        assert errors == []
        scores.append((figures["held"], figures["cost"]))
    assert scores[0] == scores[1]


def renamed(told: Json) -> Json:
    """Every id turned round and lengthened, so that they also sort otherwise."""
    for one in told["teachers"] + told["parties"] + told["interpreters"] + told["requests"]:
        one["id"] = f"{one['id'][::-1]}-x"
    for one in told["parties"]:
        one["family"] = f"{one['family'][::-1]}-x"
    for one in told["separations"]:
        one["a"], one["b"] = f"{one['a'][::-1]}-x", f"{one['b'][::-1]}-x"
    for one in told["requests"]:
        one["party"] = f"{one['party'][::-1]}-x"
        one["teachers"] = [f"{teacher[::-1]}-x" for teacher in one["teachers"]]
    return told
