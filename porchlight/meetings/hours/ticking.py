"""What time alone brings about: who asked for a call gets a time, and a call that was missed is made good."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.meetings.hours.calls import look_back, promise_unasked
from porchlight.schools.models import School

AGAIN = Rate(1, timedelta(minutes=1))


@on_tick
def tick(school: School, now: datetime) -> None:
    """Every minute, inside the school's context. Doing it twice does nothing more."""
    if take(f"hours:{school.pk}", AGAIN, now=now):
        look_back(school, now=now)
        promise_unasked(school, now=now)
