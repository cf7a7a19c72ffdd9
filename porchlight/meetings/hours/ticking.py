"""What time alone brings about: who asked for a call gets a time, and a call that was missed is made good."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.outbox.ticking import on_tick_every
from porchlight.meetings.hours.calls import look_back, promise_unasked
from porchlight.schools.models import School


@on_tick_every(minutes=1)
def tick(school: School, now: datetime) -> None:
    """Every minute, inside the school's context. Doing it twice does nothing more."""
    look_back(school, now=now)
    promise_unasked(school, now=now)
