"""How often something may be tried: exact, over a sliding window, whichever process or thread asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.accounts.models import Tally, digest

FORGOTTEN_AFTER = timedelta(days=2)  # longer than any window; then the row goes

# Seconds. Who looked at the clock first may get to the row last: what others wrote meanwhile counts. What lies further
# ahead is of a clock that was moved back.
QUEUEING = 60


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` uses in any stretch of time as long as `per`."""

    most: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Use:
    """What came of one try: whether it was granted, how many are left now, and in how many seconds one more is."""

    granted: bool
    left: int
    frees_in: float


@transaction.atomic
def use(name: str, *rates: Rate, now: datetime) -> Use:
    """Use `name` once more. Not granted, and nothing is counted, when one of its rates is used up.

    The row is locked while we look, so that thirty-two askers at once get exactly as many uses as there are.
    """
    key = digest(name)
    Tally.objects.bulk_create([Tally(key=key, touched_at=now)], ignore_conflicts=True)
    tally = Tally.objects.select_for_update().get(key=key)
    moment = now.timestamp()
    if any(_used(tally.times, moment, rate) >= rate.most for rate in rates):
        waits = [
            _frees_in(tally.times, moment, rate)
            for rate in rates
            if _used(tally.times, moment, rate) >= rate.most
        ]
        return Use(False, 0, max(waits))
    longest = max(rate.per.total_seconds() for rate in rates)
    tally.times = [one for one in tally.times if one > moment - longest] + [moment]
    tally.touched_at = now
    tally.save(update_fields=["times", "touched_at"])
    if len(tally.times) == 1:  # a new name is a good moment to sweep up the old ones
        Tally.objects.filter(touched_at__lt=now - FORGOTTEN_AFTER).delete()
    left = min(rate.most - _used(tally.times, moment, rate) for rate in rates)
    return Use(True, left, max(_frees_in(tally.times, moment, rate) for rate in rates))


def take(name: str, *rates: Rate, now: datetime) -> bool:
    """As `use()`; whether it was granted."""
    return use(name, *rates, now=now).granted


@transaction.atomic
def give_back(name: str) -> None:
    """The last use was no try after all: a right password costs nothing."""
    tally = Tally.objects.select_for_update().filter(key=digest(name)).first()
    if tally is not None and tally.times:
        tally.times = tally.times[:-1]
        tally.save(update_fields=["times"])


def _frees_in(times: Sequence[float], moment: float, rate: Rate) -> float:
    """Seconds until the use that must go first leaves the window."""
    inside = [one for one in times if moment - rate.per.total_seconds() < one <= moment + QUEUEING]
    if not inside:
        return 0.0
    first = sorted(inside)[max(0, len(inside) - rate.most)]
    return max(0.0, first + rate.per.total_seconds() - moment)


def _used(times: Sequence[float], moment: float, rate: Rate) -> int:
    return sum(1 for one in times if moment - rate.per.total_seconds() < one <= moment + QUEUEING)
