"""What time alone brings about: families are reminded of their meetings."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.outbox.ticking import on_tick_every
from porchlight.meetings import signals
from porchlight.meetings.around.reminding import moved, remind
from porchlight.schools.models import School


@on_tick_every(minutes=1)
def tick(school: School, now: datetime) -> None:
    """Every minute, inside the school's context. Doing it twice does nothing more."""
    remind(school, now=now)


signals.moved.connect(moved, dispatch_uid="meetings.around.moved")
