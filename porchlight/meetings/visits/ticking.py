"""What time alone brings about: who has not come out is asked after; what may not be any more is stopped."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.outbox.ticking import on_tick_every
from porchlight.meetings.visits.by_call import ring_the_silent
from porchlight.meetings.visits.checking import call_about_overdue
from porchlight.meetings.visits.pairing import stop_what_may_not_be
from porchlight.schools.models import School


@on_tick_every(minutes=1)
def tick(school: School, now: datetime) -> None:
    """Every minute, inside the school's context. Doing it twice does nothing more."""
    stop_what_may_not_be(school.pk, now=now)
    call_about_overdue(school, now=now)
    ring_the_silent(school, now=now)
