"""What time alone brings about: on its day an update is ready, and goes by itself only where somebody chose so."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.schools.models import School
from porchlight.updates.weekly import get_ready, send_alone

AGAIN = Rate(1, timedelta(minutes=5))


@on_tick
def tick(school: School, now: datetime) -> None:
    """Every few minutes, inside the school's context. Doing it twice does nothing more."""
    if take(f"updates:{school.pk}", AGAIN, now=now):
        get_ready(school, now=now)
        send_alone(school, now=now)
