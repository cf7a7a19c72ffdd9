"""The dose: how often a home is touched in a week beside direct conversation and what is urgent. Pure.

A touch is one message, however many notices it gathers. The days before count as they were: seven of them, whatever
weekday a week begins on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_WEEK = timedelta(days=7)
MOST, EVERY_DAY, ONE_A_WEEK = 3, 7, 1  # touches a week: from the start; and what a family may choose
FURTHEST = 15  # days looked ahead


@dataclass(frozen=True, slots=True)
class Dose:
    """What a family wants. `gathers`: always at their hour; else at once while there is room in the week."""

    most: int = MOST  # touches in any seven days
    hour: time = time(17)  # on their clock; mornings of the weekend are as good
    gathers: bool = False
    weekday: int | None = None  # Monday is 0; only then, where they named a day


USUAL = Dose()


def touches_in(touches: Sequence[datetime], moment: datetime) -> int:
    """How many fall into the seven days before a moment."""
    return sum(moment - A_WEEK < one <= moment for one in touches)


def next_touch(dose: Dose, touches: Sequence[datetime], now: datetime, zone: ZoneInfo) -> datetime:
    """When words that are not urgent may reach this home: now, or at an hour of theirs with room in its week."""
    if not dose.gathers and touches_in(touches, now) < dose.most:
        return now
    today = now.astimezone(zone).date()
    for ahead in range(FURTHEST):
        day = today + timedelta(days=ahead)
        at = datetime.combine(day, dose.hour, zone).astimezone(UTC)
        named = dose.weekday is None or day.weekday() == dose.weekday
        if named and at >= now and touches_in(touches, at) < dose.most:
            return at
    return now + timedelta(days=FURTHEST)
