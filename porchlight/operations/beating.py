"""Workers leave a sign of life as they go round; who looks after the server sees when the last one was here."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Max
from django.db.models.functions import Now

from porchlight.operations.models import Heartbeat
from porchlight.schools.models import School
from porchlight.toolbox.database_time import database_now

EVERY = 10.0  # seconds between two signs of one process
MISSED_AFTER = timedelta(seconds=60)  # without any sign, nobody is at work
FORGOTTEN_AFTER = timedelta(days=1)  # of a process that has ended

_last: tuple[int, float] = (0, 0.0)  # of which process, and when


def beat(school: School, now: datetime) -> None:
    """A job of `on_tick`, for whichever school comes first; the moment is the database's."""
    global _last
    process, moment = os.getpid(), monotonic()
    if _last[0] == process and moment - _last[1] < EVERY:
        return
    _last = (process, moment)
    mine = Heartbeat.objects.filter(machine=machine(), process=process)
    if not mine.update(at=Now()):
        Heartbeat.objects.create(machine=machine(), process=process, at=Now())
        Heartbeat.objects.filter(at__lt=database_now() - FORGOTTEN_AFTER).delete()


def machine() -> str:
    """This machine's name, as others in the school's network know it."""
    return platform.node()[:100]


def since_last_beat() -> timedelta | None:
    """How long ago any worker was at work; None when there never was one (or not for a day)."""
    last = Heartbeat.objects.aggregate(last=Max("at"))["last"]
    return None if last is None else max(database_now() - last, timedelta())
