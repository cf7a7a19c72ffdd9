"""Six weeks of everyday notices through the real rule of the dose: how often each home is touched in seven days."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from porchlight.delivery.dose import EVERY_DAY, ONE_A_WEEK, USUAL, Dose, next_touch, touches_in

LONDON = ZoneInfo("Europe/London")
A_WEEK_OF_NOTICES = 9  # each home is told so many things in a week
WEEKS = 6
CHOSEN = (
    (0.70, USUAL),
    (0.85, Dose(most=ONE_A_WEEK, hour=time(10), gathers=True, weekday=5)),  # Saturday morning
    (0.95, Dose(most=3, hour=time(18), gathers=True)),
    (1.00, Dose(most=EVERY_DAY, hour=time(17), gathers=True)),
)


@dataclass(frozen=True, slots=True)
class Doses:
    """What six weeks came to."""

    notices: int
    touches: int
    above: int  # homes touched more often in any seven days than they wanted
    never_told: int  # notices that reached nobody within a fortnight


def six_weeks(homes: int, seed: int) -> Doses:
    """Every home gets its notices at hours of the school's; each waits for the touch that the rule gives it."""
    rng = random.Random(seed)
    begins = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
    notices = touches = above = never = 0
    for _home in range(homes):
        thrown = rng.random()
        dose = next(one for limit, one in CHOSEN if thrown < limit)
        said = sorted(
            begins + timedelta(days=7 * week + rng.choice((0, 1, 2, 3, 4)), hours=rng.uniform(0, 9))
            for week in range(WEEKS)
            for _ in range(A_WEEK_OF_NOTICES)
        )
        touched: list[datetime] = []
        for moment in said:
            if touched and touched[-1] >= moment:
                continue  # gathered with what waits already
            at = next_touch(dose, touched, moment, LONDON)
            never += at - moment > timedelta(days=14)
            touched.append(at)
        notices += len(said)
        touches += len(touched)
        above += any(touches_in(touched, one) > dose.most for one in touched)
    return Doses(notices, touches, above, never)
