"""A worker's job: seals the record every minute, drops the day's anchor, forgets what no alarm needs."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from time import monotonic

from porchlight.activity.anchoring import drop_anchor
from porchlight.activity.sealing import BATCH, seal
from porchlight.operations.models import PersonSeen
from porchlight.schools.models import School

EVERY = 60.0  # seconds between two looks of one process at one school
FORGOTTEN_AFTER = timedelta(days=1)  # whom somebody saw, which only the alarm's hour needs

_last: dict[int, float] = {}  # by school
log = logging.getLogger(__name__)


def keep_record(school: School, now: datetime) -> None:
    """A job of `on_tick`. What it cannot seal or write down now, the next round does."""
    moment = monotonic()
    if moment - _last.get(school.pk, float("-inf")) < EVERY:
        return
    _last[school.pk] = moment
    while seal(school, now=now) == BATCH:
        continue
    PersonSeen.objects.in_school(school).filter(at__lt=now - FORGOTTEN_AFTER).delete()
    try:
        drop_anchor(school, now=now)
    except OSError as problem:
        log.warning("The day's anchor could not be written (PORCHLIGHT_ANCHORS): %s", problem.strerror)
