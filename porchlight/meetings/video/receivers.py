"""A meeting that moves takes its room along; one that is off ends it. A worker does it, once this is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from porchlight.meetings import signals
from porchlight.meetings.models import Meeting, VideoRoom
from porchlight.meetings.video.tasks import see_to_rooms


@receiver([signals.moved, signals.called_off])
def see_to_it(sender: type, meeting: Meeting, now: datetime, **_more: Any) -> None:
    """Its room, where it has one, is due."""
    if VideoRoom.objects.filter(meeting=meeting).update(due_at=now, tries=0):
        school_id = meeting.school_id
        transaction.on_commit(lambda: see_to_rooms.enqueue(school_id))
