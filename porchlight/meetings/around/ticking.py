"""What time alone brings about: families are reminded of their meetings."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.meetings import signals
from porchlight.meetings.around.reminding import moved, remind
from porchlight.schools.models import School

AGAIN = Rate(1, timedelta(minutes=1))


@on_tick
def tick(school: School, now: datetime) -> None:
    """Every minute, inside the school's context. Doing it twice does nothing more."""
    if take(f"meetings:remind:{school.pk}", AGAIN, now=now):
        remind(school, now=now)


signals.moved.connect(moved, dispatch_uid="meetings.around.moved")
