"""Which messages from homes a colleague has opened: a record, so that unread ones age in plain sight."""

from __future__ import annotations

from collections.abc import Iterable

from porchlight.conversations.models import Message, Seen
from porchlight.schools.actors import Actor


def mark_seen(messages: Iterable[Message], *, by: Actor) -> None:
    """Write down, once, that this colleague opened what homes wrote."""
    Seen.objects.bulk_create(
        [
            Seen(school_id=message.school_id, message=message, staff_id=by.post_id)
            for message in messages
            if message.is_from_home and by.post_id is not None
        ],
        ignore_conflicts=True,
    )
