"""The practice school's clock: a Tuesday at ten past three, when the bell has rung and Ms Amal sits down to write."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from porchlight.conversations.models import Message
from porchlight.schools.models import School

FIRST = datetime(2026, 10, 6, 14, 10, tzinfo=UTC)  # a Tuesday, 15:10 in London
TUESDAY = 1


def set_clock(school: School) -> datetime:
    """Start on the first Tuesday afternoon after everything that was said; returns the school's moment."""
    moment = start(school)
    offset = (moment - datetime.now(UTC)).total_seconds()
    Path(settings.CLOCK_FILE).write_text(json.dumps({"offset_seconds": round(offset)}))
    return moment


def start(school: School) -> datetime:
    """15:10 on the school's clock, on a Tuesday that lies after the last message."""
    last = Message.objects.in_school(school).order_by("-said_at").values_list("said_at", flat=True).first()
    moment = FIRST
    while last is not None and moment <= last:
        day = school.local(moment).date() + timedelta(days=7)
        moment = datetime.combine(day, time(15, 10), tzinfo=school.zone).astimezone(UTC)
    return moment
