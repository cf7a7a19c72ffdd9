"""Wishes that cannot be held, or are not, and why: facts that stand in a row, for a secretary to act on.

Each is `{"wish", "kind", "must"}`, with the hours of both sides where that is the reason: `there` and `can`, as
[day, from slot, to slot]. Kinds are `staff_words.UNMET`.
"""

from __future__ import annotations

from typing import Any

from porchlight.meetings.planned.loading import Asked
from porchlight.meetings.planned.standing import Standing
from porchlight.meetings.planner.board import Board
from porchlight.meetings.planner.impossible import impossible
from porchlight.meetings.planner.instance import Way, Wish
from porchlight.meetings.planner.timeline import touched

type Fact = dict[str, Any]


def cannot_be(standing: Standing) -> list[Fact]:
    """What no plan can hold, the must-sees first; and whoever is asked for longer than they are there."""
    asked, planner = standing.asked, standing.planner
    found = [_fact(asked, key, kind) for key, kind in asked.left_out.items() if kind != "cannot"]
    for one in impossible(planner):
        wish = planner.wishes[planner.wish_of[one.request]]
        there = -1
        for teacher in wish.teachers:
            any_way = 0
            for slots in planner.teacher_windows[teacher].values():
                any_way |= slots
            there &= any_way
        can = planner.party_windows[wish.party]
        hours = {"there": standing.hours(there), "can": standing.hours(can)}
        found.append(
            _fact(asked, one.request, one.kind) | {name: list(map(list, at)) for name, at in hours.items()}
        )
    return sorted(found, key=lambda one: not one["must"]) + _crowded(standing)


def _fact(asked: Asked, key: str, kind: str) -> Fact:
    return {"wish": key, "kind": kind, "must": asked.wishes[key].must}


def _crowded(standing: Standing) -> list[Fact]:
    """Asked for more minutes than there are: some of those wishes will be left out, however they are planned."""
    planner, minutes = standing.planner, standing.planner.slot_minutes
    found: list[Fact] = []
    for teacher, numbers in enumerate(planner.of_teacher):
        asked = sum(planner.wishes[n].length for n in numbers if planner.wishes[n].ways)
        there = 0
        for slots in planner.teacher_windows[teacher].values():
            there |= slots
        if asked > there.bit_count():
            facts = {"asked": asked * minutes, "there": there.bit_count() * minutes}
            found.append({"kind": "host_full", "must": False, "host": planner.teachers[teacher], **facts})
    for language in sorted({one for one in planner.language if one is not None}):
        wished = [one for one in planner.wishes if one.ways and planner.language[one.party] == language]
        asked = sum(one.length for one in wished)
        who = [number for number, known in enumerate(planner.speaks) if language in known]
        there = sum(planner.interpreter_windows[number].bit_count() for number in who)
        if asked > there:
            facts = {"asked": asked * minutes, "there": there * minutes}
            found.append({"kind": "language_full", "must": False, "language": language, **facts})
    return found


def not_held(standing: Standing) -> list[Fact]:
    """Every wish without a time that stands, the must-sees first, each with what stands in its way now."""
    found, board = [], standing.board
    kinds = dict(standing.asked.left_out) | {one.request: one.kind for one in impossible(standing.planner)}
    for key, wish in standing.asked.wishes.items():
        if wish.meeting is None or not wish.meeting.is_on:
            kind = kinds.get(key) or why_not(board, board.wishes[standing.planner.wish_of[key]])
            found.append(_fact(standing.asked, key, kind))
    return sorted(found, key=lambda one: not one["must"])


def why_not(board: Board, wish: Wish) -> str:
    """Of a wish that could be held if nobody else were. "room": it only has to be put in."""
    best = 0
    order = ("interpreter_full", "host_taken", "family_taken", "breaks", "room")
    for way in wish.ways:
        best = max(best, order.index(_stage(board, wish, way)))
    return order[best]


def _stage(board: Board, wish: Wish, way: Way) -> str:
    """How far it comes in one way."""
    starts, length = way.starts, wish.length
    if wish.interpreters:
        starts &= board.heard(wish)
        if not starts:
            return "interpreter_full"
    for teacher in wish.teachers:
        starts &= ~(touched(board.teacher_busy[teacher], length + 2 * way.margin) << way.margin)
    if not starts:
        return "host_taken"
    starts &= ~board.party_blocks(wish, way)
    if not starts:
        return "family_taken"
    open_ = board.open_at(wish, way)
    places = (number for number in range(open_.bit_length()) if open_ >> number & 1)
    return "room" if any(board.breaks_kept(wish, way, at) for at in places) else "breaks"
