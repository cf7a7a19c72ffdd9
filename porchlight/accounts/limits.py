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


@transaction.atomic
def take(name: str, *rates: Rate, now: datetime) -> bool:
    """Use `name` once more. False, and nothing is counted, when one of its rates is used up.

    The row is locked while we look, so that thirty-two askers at once get exactly as many uses as there are.
    """
    key = digest(name)
    Tally.objects.bulk_create([Tally(key=key, touched_at=now)], ignore_conflicts=True)
    tally = Tally.objects.select_for_update().get(key=key)
    moment = now.timestamp()
    if any(_used(tally.times, moment, rate) >= rate.most for rate in rates):
        return False
    longest = max(rate.per.total_seconds() for rate in rates)
    tally.times = [one for one in tally.times if one > moment - longest] + [moment]
    tally.touched_at = now
    tally.save(update_fields=["times", "touched_at"])
    if len(tally.times) == 1:  # a new name is a good moment to sweep up the old ones
        Tally.objects.filter(touched_at__lt=now - FORGOTTEN_AFTER).delete()
    return True


@transaction.atomic
def give_back(name: str) -> None:
    """The last use was no try after all: a right password costs nothing."""
    tally = Tally.objects.select_for_update().filter(key=digest(name)).first()
    if tally is not None and tally.times:
        tally.times = tally.times[:-1]
        tally.save(update_fields=["times"])


def _used(times: Sequence[float], moment: float, rate: Rate) -> int:
    return sum(1 for one in times if moment - rate.per.total_seconds() < one <= moment + QUEUEING)
