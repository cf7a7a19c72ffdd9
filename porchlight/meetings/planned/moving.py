"""The board: a wish gets another time by hand, two families change places, a time is pinned. The planner's rules hold.

Once families know their times, whoever moves one has them told at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings import arranging
from porchlight.meetings.models import SLOT, Meeting, Mode, Wish
from porchlight.meetings.planned.clock import STEP
from porchlight.meetings.planned.locking import locked
from porchlight.meetings.planned.standing import Broken, Place, Standing, broken, put, standing_of
from porchlight.meetings.planned.taking import place_name, seat, speaker_of
from porchlight.meetings.planned.telling import tell_wishes
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed

OF_A_DAY = 24 * 60 // SLOT  # slots: the planner keeps a bit for each, however far away one is


class NotThere(Exception):
    """A rule speaks against it: `reasons`, each with the key of the wish that breaks it. Nothing was changed."""

    def __init__(self, reasons: Sequence[tuple[str, Broken]], standing: Standing) -> None:
        super().__init__(", ".join(f"{key}: {one.rule}" for key, one in reasons))
        self.reasons = reasons
        self.standing = standing


@transaction.atomic
def move(
    wish: Wish, *, day_id: int, slot: int, by: Actor, now: datetime, mode: str = "", pin: bool = True
) -> Meeting:
    """To this slot of this day; without `mode`, as it is held, or as the family likes it best. Raises NotThere.

    What a person chose stays where it is when the rest is planned anew (`pin`).
    """
    round_ = locked(wish.round_id)
    standing = standing_of(round_, now=now, also=[wish.key])
    place = _place(standing, wish.key, day_id, slot, mode)
    _settle(standing, {wish.key: place}, now)
    return _done(standing, [wish.key], by=by, now=now, pin=pin)[0]


@transaction.atomic
def swap(one: Wish, other: Wish, *, by: Actor, now: datetime) -> list[Meeting]:
    """Each gets the beginning of the other. Raises NotThere; LookupError when one of them has no time."""
    round_ = locked(one.round_id)
    standing = standing_of(round_, now=now, also=[one.key, other.key])
    places: dict[str, Place] = {}
    for mine, theirs in ((one, other), (other, one)):
        held, at = _now(standing, mine.key), _now(standing, theirs.key)
        if held is None or at is None:
            raise LookupError("only two that have a time can change places")
        places[mine.key] = Place(at.start, held.mode)
    _settle(standing, places, now)
    return _done(standing, list(places), by=by, now=now, pin=True)


def look(
    wish: Wish, *, day_id: int, slot: int, now: datetime, mode: str = ""
) -> tuple[list[Broken], Standing]:
    """What would speak against moving it there; nothing is changed."""
    standing = standing_of(wish.round, now=now, also=[wish.key])
    number = standing.number(wish)
    if number is None:
        return [Broken(standing.asked.left_out.get(wish.key, "nobody"))], standing
    if day_id not in standing.planner.day_ids:
        return [Broken("day")], standing
    place = _place(standing, wish.key, day_id, slot, mode)
    if standing.board.held[number] is not None:
        standing.board.take(number)
    return broken(standing, number, place), standing


@transaction.atomic
def set_pin(wish: Wish, pinned: bool, *, by: Actor) -> None:
    """No plan moves it; or any plan may again. Only what has a time can be pinned."""
    rows = Wish.objects.in_school(wish.school_id).filter(pk=wish.pk)
    if pinned:
        rows = rows.filter(meeting__called_off_at=None).exclude(meeting=None)
    if rows.update(pinned_by_id=by.post_id if pinned else None):
        record("wish.pinned" if pinned else "wish.unpinned", about=wish, by=by)
        changed(wish.school_id, Topic.ROUNDS)


def _now(standing: Standing, key: str) -> Place | None:
    meeting = standing.asked.wishes[key].meeting
    return standing.place_of(meeting) if meeting is not None and meeting.is_on else None


def _place(standing: Standing, key: str, day_id: int, slot: int, mode: str) -> Place:
    number = standing.number(key)
    if number is None:
        raise NotThere([(key, Broken(standing.asked.left_out.get(key, "nobody")))], standing)
    wish = standing.board.wishes[number]
    held = _now(standing, key)
    dearest = wish.ways[0].mode if wish.ways else wish.modes[0]
    if day_id not in standing.planner.day_ids or slot >= OF_A_DAY:
        raise NotThere([(key, Broken("day"))], standing)
    start = standing.planner.place(day_id, slot)
    return Place(start, mode or (held.mode if held is not None else dearest))


def _settle(standing: Standing, places: dict[str, Place], now: datetime) -> None:
    """On the board: away with all of them, then each to its new place. Raises NotThere."""
    numbers = {key: standing.planner.wish_of[key] for key in places}
    for number in numbers.values():
        if standing.board.held[number] is not None:
            standing.board.take(number)
    reasons = [(key, one) for key, place in places.items() for one in put(standing, numbers[key], place)]
    if reasons:
        raise NotThere(reasons, standing)


def _done(standing: Standing, keys: Sequence[str], *, by: Actor, now: datetime, pin: bool) -> list[Meeting]:
    """In the calendar as on the board; and told, where families know their times."""
    found = [to_board(standing, key, by=by, now=now) for key in keys]
    round_ = standing.asked.round
    if pin:
        Wish.objects.in_school(round_.school_id).filter(key__in=keys).update(pinned_by_id=by.post_id)
    if round_.told_at is not None:
        tell_wishes(round_, keys, "moved", by=by, now=now)
    return found


def to_board(standing: Standing, key: str, *, by: Actor, now: datetime) -> Meeting:
    """The wish's meeting stands where the board holds it. What colleagues have elsewhere is cut out of its hours."""
    wish = standing.asked.wishes[key]
    held = standing.board.held[standing.planner.wish_of[key]]
    if held is None:
        raise LookupError(f"the board does not hold {key}")
    meeting = wish.meeting
    if meeting is None or not meeting.is_on:
        return seat(standing, [held], now=now)[0]
    speaker = speaker_of(standing, held)
    Meeting.objects.filter(pk=meeting.pk).update(
        interpreter=speaker, language=wish.party.language if speaker else ""
    )
    starts_at = standing.moment(held.start)
    length = standing.board.wishes[held.wish].length
    moved = arranging.shift(
        meeting,
        starts_at=starts_at,
        ends_at=starts_at + length * STEP,
        by=by,
        now=now,
        mode=Mode(held.way.mode),
        place=place_name(standing, held),
    )
    wish.meeting = moved
    return moved
