"""The days a clause names, still as words of a week: "today", "until Friday", "two days", "back on Monday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from porchlight.languages.absence_lists import Lists, Piece

NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1, "day_after": 2}
FRIDAY = 4
LONG = 30  # days; more is a time to talk about
LAST_OF_A_MONTH = 31  # a larger number is no date: "39 degrees"


@dataclass(frozen=True, slots=True)
class Day:
    """So many days from the one it was said on, or the next such day of the week (Monday is 0)."""

    offset: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """From when, until when (that day too), or how many; or the day the child is back."""

    first: Day | None = None
    last: Day | None = None
    back: Day | None = None
    count: int | None = None
    is_kal: bool = False  # "kal", and nothing says whether yesterday or tomorrow
    is_far: bool = False  # a time we know no day of: "next week", "a few days"

    def with_end_of(self, other: Days) -> Days:
        """The same, with an end from another clause where this one has none."""
        if self.last or self.back or self.count or not (other.last or other.back or other.count):
            return self
        return replace(self, last=other.last, back=other.back, count=other.count)

    def with_kal(self, step: int) -> Days:
        """The same, with a "kal" that another clause decides."""
        return replace(self, first=Day(offset=step), is_kal=False) if self.is_kal else self


NO_DAYS = Days()


def days_in(pieces: Sequence[Piece], lists: Lists) -> Days:
    """What the pieces of one clause say of days."""
    found = NO_DAYS
    has_back = any(one.on("back") for one in pieces)
    for place, one in enumerate(pieces):
        if one.on("numbers") and _next_is(pieces, place, "days"):
            found = _counted(found, pieces, place, lists)
            continue
        if one.on("week"):
            found = replace(found, last=Day(weekday=FRIDAY))
        if one.on("far"):
            found = replace(found, is_far=True)
        day, is_kal = _day(one, pieces, place, lists)
        if is_kal:
            found = replace(found, is_kal=True)
        elif day is not None:
            found = _placed(found, day, pieces, place, lists, has_back=has_back)
    if _unread_number(pieces):
        found = replace(found, is_far=True)
    return found


def _day(one: Piece, pieces: Sequence[Piece], place: int, lists: Lists) -> tuple[Day | None, bool]:
    """The day a piece names; and whether it is a "kal" that nothing decides."""
    if one.on("weekdays"):
        return Day(weekday=one.value), False
    near = next((NEAR[tag] for tag in NEAR if one.on(tag)), None)
    if near is not None:
        return Day(offset=near), False
    if not one.on("kal"):
        return None, False
    future = any(piece.on("away", "away_any", "keep") for piece in pieces)
    past = any(piece.on("past", "away_past") for piece in pieces)
    if future or (_marked(pieces, place, "until", lists) and not past):
        return Day(offset=1), False
    if past or _marked(pieces, place, "since", lists):
        return Day(offset=-1), False
    return None, True


def _placed(
    found: Days, day: Day, pieces: Sequence[Piece], place: int, lists: Lists, *, has_back: bool
) -> Days:
    if _marked(pieces, place, "until", lists):
        return replace(found, last=day)
    if has_back and day.offset != 0 and not _marked(pieces, place, "since", lists):
        return replace(found, back=day)
    follows = place > 0 and _before(pieces, place).on("to") and found.first is not None
    if follows:
        return replace(found, last=day)
    return found if found.first is not None else replace(found, first=day)


def _marked(pieces: Sequence[Piece], place: int, shelf: str, lists: Lists) -> bool:
    """Whether "until" or "since" belongs to this day."""
    if lists.marks_follow:
        return place + 1 < len(pieces) and pieces[place + 1].on(shelf)
    return place > 0 and _before(pieces, place).on(shelf)


def _before(pieces: Sequence[Piece], place: int) -> Piece:
    """The piece before, past an article."""
    before = pieces[place - 1]
    skips = before.words in {("el",), ("the",), ("ko",)} and place > 1
    return pieces[place - 2] if skips else before


def _next_is(pieces: Sequence[Piece], place: int, shelf: str) -> bool:
    return place + 1 < len(pieces) and pieces[place + 1].on(shelf)


def _counted(found: Days, pieces: Sequence[Piece], place: int, lists: Lists) -> Days:
    """ "Two days" to come; "for two days now" tells nothing of the days to come."""
    count = pieces[place].value or 1
    since = _next_is(pieces, place + 1, "since") if lists.marks_follow else False
    before = place > 0 and pieces[place - 1].on("since", "far")
    if since or before:
        return found
    return replace(found, count=count) if count <= LONG else replace(found, is_far=True)


def _unread_number(pieces: Sequence[Piece]) -> bool:
    """A number that is no count of days may be a date: we do not guess it."""
    return any(
        one.words[0].isdigit() and (one.value or 0) <= LAST_OF_A_MONTH and not _next_is(pieces, place, "days")
        for place, one in enumerate(pieces)
    )
