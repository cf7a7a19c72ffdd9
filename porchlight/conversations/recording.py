"""Words that a colleague said for a call: kept, put into every call that waits for them, and into the threads."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from porchlight.conversations.models import Message
from porchlight.conversations.utterance import HELD_BACK
from porchlight.delivery.models import Recording
from porchlight.delivery.talking.recording import recorded
from porchlight.files.models import StoredFile
from porchlight.files.speaking import keep_spoken
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed
from porchlight.toolbox.keys import random_key


@transaction.atomic
def keep_recording(row: Recording, *, content: BinaryIO, size: int, by: Actor, now: datetime) -> StoredFile:
    """Raises NotASound, TooLong, TooLate."""
    file = keep_spoken(school=row.school, source=f"recorded:{random_key()}", content=content, size=size)
    parcels = recorded(row, file, by=by, now=now)
    said = Message.objects.in_school(row.school_id).filter(parcels__parcel__in=parcels, sound=None)
    said = said.exclude(kind=HELD_BACK)
    Message.objects.filter(pk__in=said.values("pk")).update(sound=file)
    changed(row.school_id, Topic.TALK)
    return file


def first_written(row: Recording) -> Message | None:
    """The message as it was written, which says what is meant where the home's version is hard to read."""
    said = Message.objects.in_school(row.school_id).standing().filter(parcels__parcel__recording=row)
    return said.exclude(kind=HELD_BACK).order_by("pk").first()


def homes_waiting(row: Recording) -> int:
    """How many adults it is for."""
    return row.parcels.filter(withdrawn_at=None, guardian__isnull=False).values("guardian").distinct().count()
