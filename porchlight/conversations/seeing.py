"""Which messages from homes a colleague has opened or settled: a record, so that the others age in plain sight."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import connection, transaction

from porchlight.activity.record import record
from porchlight.conversations.models import Message, Seen
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed
from porchlight.toolbox.gaps import Gap, Many, Question


def mark_seen(messages: Iterable[Message], *, by: Actor) -> None:
    """Write down, once, that this colleague opened what homes wrote."""
    heard = {message.pk: message for message in messages if message.is_from_home}
    if by.post_id is None or not heard:
        return
    before = _seen(connection.vendor).ask(staff=by.post_id, messages=heard)
    new = [heard[pk] for pk in heard.keys() - set(before)]
    rows = [Seen(school_id=message.school_id, message=message, staff_id=by.post_id) for message in new]
    Seen.objects.bulk_create(rows, ignore_conflicts=True)  # two tabs may open them at once


@lru_cache(maxsize=2)
def _seen(_vendor: str) -> Question[int]:
    rows = Seen.objects.filter(staff=Gap("staff"), message__in=Many("messages"))
    return Question(rows.values_list("message_id", flat=True))


@transaction.atomic
def settle(message: Message, *, by: Actor, now: datetime) -> None:
    """It needs no written answer, or was answered aloud."""
    message.settled_at, message.settled_by_id = now, by.post_id
    message.save(update_fields=["settled_at", "settled_by"])
    record("message.settled", about=message, by=by)
    changed(message.school_id, Topic.TALK)
