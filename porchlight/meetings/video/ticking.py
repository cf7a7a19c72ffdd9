"""What time alone brings about: rooms are wanted ahead of their meetings, looked at before them, ended after."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.outbox.ticking import on_tick_every
from porchlight.meetings.video.rooms import want_rooms
from porchlight.meetings.video.tasks import see_to_rooms
from porchlight.schools.models import School


@on_tick_every(seconds=30)
def tick(school: School, now: datetime) -> None:
    """Twice a minute at most, inside the school's context. Doing it twice does nothing more."""
    if want_rooms(school, now):
        see_to_rooms.enqueue(school.pk)
