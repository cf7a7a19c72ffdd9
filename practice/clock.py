"""The school clock: how far pretend time stands from real time, kept in one small file.

The file holds `{"offset_seconds": N}`. Everything a family sees (message times, the 24-hour window) follows
it; signatures and leases follow the real clock.
"""

from __future__ import annotations

import json
import os
import tempfile
from datetime import UTC, datetime, time, timedelta
from math import ceil
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

LOOK_AGAIN = 0.25  # seconds: how long a change made by somebody else may go unnoticed
LONGEST = timedelta(days=3660)  # a clock further off than ten years is a mistake, not a wish


class Clock:
    """Pretend time. Without a file it can still be moved, for this town alone."""

    def __init__(self, file: Path | None = None, zone: str = "Europe/London") -> None:
        self.file = file
        self.zone = ZoneInfo(zone)
        self._offset = timedelta()
        self._looked = -1.0

    def now(self) -> datetime:
        """The moment as the school sees it, in UTC."""
        return datetime.now(UTC) + self.offset()

    def local(self) -> datetime:
        """The same moment as the clock on the school's wall shows it."""
        return self.now().astimezone(self.zone)

    def offset(self) -> timedelta:
        """How far pretend time stands from real time."""
        if self.file and (self._looked < 0 or monotonic() - self._looked > LOOK_AGAIN):
            self._offset = _read(self.file)
            self._looked = monotonic()
        return self._offset

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now; an hour without a zone is meant at the school."""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        self.set_offset(moment - datetime.now(UTC))

    def move_by(self, step: timedelta) -> None:
        self.set_offset(self.offset() + step)

    def set_offset(self, offset: timedelta) -> None:
        """Raises ValueError for an offset beyond ten years."""
        if abs(offset) > LONGEST:
            raise ValueError("The clock can be moved by ten years at most.")
        self._offset = timedelta(seconds=ceil(offset.total_seconds()))
        self._looked = monotonic()
        if self.file:
            _write(self.file, self._offset)

    def this_evening(self) -> datetime:
        """Half past nine tonight (tomorrow's, if it is later than that): inside everybody's quiet hours."""
        return self._next(time(21, 30))

    def tomorrow_morning(self) -> datetime:
        """Eight o'clock tomorrow, when the quiet hours have ended."""
        tomorrow = self.local().date() + timedelta(days=1)
        return datetime.combine(tomorrow, time(8, 0), self.zone)

    def _next(self, hour: time) -> datetime:
        here = self.local()
        moment = datetime.combine(here.date(), hour, self.zone)
        return moment if moment > here else datetime.combine(here.date() + timedelta(days=1), hour, self.zone)


def _read(file: Path) -> timedelta:
    try:
        return timedelta(seconds=float(json.loads(file.read_text())["offset_seconds"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return timedelta()


def _write(file: Path, offset: timedelta) -> None:
    """In one step, so that no reader ever finds half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".new")
    with os.fdopen(handle, "w") as new:
        json.dump({"offset_seconds": int(offset.total_seconds())}, new)
    Path(name).replace(file)
