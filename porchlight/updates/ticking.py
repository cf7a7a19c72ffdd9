"""What time alone brings about: on its day an update is ready, and goes by itself only where somebody chose so."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.outbox.ticking import on_tick_every
from porchlight.schools.models import School
from porchlight.updates.weekly import get_ready, send_alone


@on_tick_every(minutes=5)
def tick(school: School, now: datetime) -> None:
    """Every few minutes, inside the school's context. Doing it twice does nothing more."""
    get_ready(school, now=now)
    send_alone(school, now=now)
