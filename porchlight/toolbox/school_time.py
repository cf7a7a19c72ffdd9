"""The clock people see. Leases use the database's clock instead; tests and the demo can move this one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings

LOOK_AGAIN = 0.25  # seconds: how long a moved clock may go unnoticed
NOWHERE = timedelta()
_seen: tuple[float, timedelta] = (-1.0, NOWHERE)


def now() -> datetime:
    """The moment as the school sees it, in UTC."""
    return datetime.now(UTC) + offset()


def offset() -> timedelta:
    """How far the demo's clock stands from the real one; its file holds `{"offset_seconds": …}`. Zero without one."""
    global _seen
    if not settings.CLOCK_FILE:
        return NOWHERE
    looked, value = _seen
    if monotonic() - looked > LOOK_AGAIN or looked < 0:
        try:
            value = timedelta(seconds=json.loads(Path(settings.CLOCK_FILE).read_text())["offset_seconds"])
        except (OSError, ValueError, KeyError, TypeError):
            value = NOWHERE
        _seen = (monotonic(), value)
    return value


def comes(moment: datetime) -> bool:
    """Whether a clock of this moment's zone ever shows it: not in the hour left out when clocks go forward."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(
        tzinfo=None
    )
