"""A plan as a file: `instance`, `assignments` (request, day, start, mode, interpreter) and `meta`."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from porchlight.meetings.planner.board import Board, Meeting
from porchlight.meetings.planner.instance import Round, Unreadable


def read(path: Path, what: str) -> dict[str, Any]:
    """The JSON object in a file. `what`: for the error, "the round" or "the plan". Raises Unreadable."""
    try:
        told = json.loads(path.read_bytes())
    except OSError as error:
        raise Unreadable(
            f"cannot read {what} {path}: {error.strerror}; check the name and who may read it"
        ) from error
    except ValueError as error:
        raise Unreadable(f"{what} {path} is no JSON ({error}); write it anew") from error
    if not isinstance(told, dict):
        raise Unreadable(f"{what} {path} holds no JSON object; write it anew")
    return told


def told(round_: Round, meetings: Iterable[Meeting], meta: Mapping[str, Any]) -> dict[str, Any]:
    """The plan as JSON. `meetings`: in the order of the wishes, so that equal plans are equal files."""
    assignments = []
    for one in meetings:
        day, start = round_.day_and_slot(one.start)
        speaker = round_.interpreters[one.interpreter] if one.interpreter >= 0 else None
        assignments.append(
            {
                "request": round_.wishes[one.wish].key,
                "day": day,
                "start": start,
                "mode": one.way.mode,
                "interpreter": speaker,
            }
        )
    return {"instance": round_.name, "assignments": assignments, "meta": dict(meta)}


def write(path: Path, plan: Mapping[str, Any]) -> None:
    """Write it whole or not at all: whoever reads meanwhile finds the one before. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(plan, file, ensure_ascii=False, separators=(",", ":"))
            file.write("\n")
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def take_over(board: Board, plan: Mapping[str, Any]) -> list[str]:
    """Hold on an empty board what of a plan may still be held, as it was; the names of the requests that may not.

    Raises Unreadable when it is no plan.
    """
    gone: list[str] = []
    try:
        for one in plan["assignments"]:
            key, place = one["request"], (one["day"], one["start"], one["mode"], one.get("interpreter"))
            if not _keep(board, key, *place):
                gone.append(str(key))
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"the earlier plan lacks something or has it in another shape: {error!r}") from error
    return gone


def _keep(board: Board, key: Any, day: Any, slot: Any, mode: str, interpreter: Any) -> bool:
    round_ = board.round
    number = round_.wish_of.get(key)
    if number is None or board.held[number] is not None or day not in round_.day_ids:
        return False
    wish, start = board.wishes[number], round_.place(day, slot)
    way = next((each for each in wish.ways if each.mode == mode), None)
    if way is None or not 0 <= start < round_.line.length or not board.open_at(wish, way, 1 << start):
        return False
    if not board.breaks_kept(wish, way, start):
        return False
    free = board.speakers_at(wish, start)
    speaker = next((each for each in free if round_.interpreters[each] == interpreter), None)
    board.put(number, way, start, interpreter=speaker)
    return True
