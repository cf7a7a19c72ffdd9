"""What moving a few families would gain, step by step: a secretary takes some and leaves others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings.models import Planning
from porchlight.meetings.planned.locking import locked
from porchlight.meetings.planned.moving import NotThere, to_board
from porchlight.meetings.planned.standing import Broken, Place, Standing, put, standing_of
from porchlight.meetings.planned.telling import tell_wishes
from porchlight.schools.actors import Actor


class Gone(LookupError):
    """There is no such step any more: somebody took it."""


@transaction.atomic
def take_step(planning: Planning, number: int, *, by: Actor, now: datetime) -> list[str]:
    """Move those of this step, and tell them; the keys of their wishes. Raises NotThere when something came between."""
    round_ = locked(planning.round_id)
    row = Planning.objects.select_for_update().get(pk=planning.pk)
    if not 0 <= number < len(row.proposals) or row.proposals[number].get("taken_at"):
        raise Gone
    step = row.proposals[number]
    standing = standing_of(round_, now=now)
    _as_it_was(standing, step["changes"])
    for one in step["changes"]:
        place = one["to"]
        at = Place(
            standing.planner.place(place["day"], place["start"]), place["mode"], place["interpreter"] or ""
        )
        if reasons := put(standing, standing.planner.wish_of[one["request"]], at):
            raise NotThere([(one["request"], each) for each in reasons], standing)
    keys = [one["request"] for one in step["changes"]]
    for key in keys:
        to_board(standing, key, by=by, now=now)
    step["taken_at"], step["taken_by"] = now.isoformat(), by.post_id
    row.save(update_fields=["proposals"])
    record("round.step_taken", about=round_, by=by, wishes=len(keys))
    if round_.told_at is not None:
        for how, those in (("moved", _moved(step)), ("times", _new(step))):
            if those:
                tell_wishes(round_, those, how, by=by, now=now)
    return keys


def _as_it_was(standing: Standing, changes: list[dict[str, Any]]) -> None:
    """Away with all of the step, where each still stands where it stood. Raises NotThere."""
    for one in changes:
        number = standing.number(one["request"])
        held = standing.board.held[number] if number is not None else None
        was = one["from"]
        here = None if held is None else standing.planner.day_and_slot(held.start)
        if number is None or here != (None if was is None else (was["day"], was["start"])):
            raise NotThere([(one["request"], Broken("changed"))], standing)
        if held is not None:
            standing.board.take(number)


def _moved(step: dict[str, Any]) -> list[str]:
    return [one["request"] for one in step["changes"] if one["from"] is not None]


def _new(step: dict[str, Any]) -> list[str]:
    return [one["request"] for one in step["changes"] if one["from"] is None]
