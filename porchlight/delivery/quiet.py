"""Quiet hours at the home's own clock: ordinary words wait for the morning there."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from porchlight.families.models import Guardian
from porchlight.schools.models import School


def is_quiet(moment: datetime, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> bool:
    """Whether a clock in this zone shows quiet hours. The first minute is quiet, the last one no longer."""
    clock = moment.astimezone(zone).time()
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def next_awake(moment: datetime, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> datetime:
    """The first moment from this one on that is outside quiet hours, in UTC.

    On the night clocks go back, the hour that comes twice may be quiet twice; where clocks jump over the end of
    quiet hours, they end with the jump.
    """
    found = moment.astimezone(UTC)
    while is_quiet(found, zone, quiet_from, quiet_until):
        asleep = found
        today = found.astimezone(zone).date()
        ends = (
            datetime.combine(day, quiet_until, zone).replace(fold=fold).astimezone(UTC)
            for day in (today, today + timedelta(days=1))
            for fold in (0, 1)
        )
        found = min(end for end in ends if end > asleep)
        if found.astimezone(zone).time() != quiet_until:  # a moment the clocks jumped over
            found = _the_jump(asleep, found, zone)
    return found


def _the_jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The minute between these at which the clocks of a zone were put forward."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(second=0, microsecond=0)


def awake_at_home(moment: datetime, *, guardian: Guardian, school: School) -> datetime:
    """When ordinary words may reach this guardian: now, or the morning at their clock."""
    return next_awake(moment, guardian.zone(school.zone), school.quiet_from, school.quiet_until)


def hour_to_ring(moment: datetime, *, guardian: Guardian, school: School) -> datetime:
    """When they may next be rung from this moment on, in UTC: in the hours they gave, else outside quiet hours."""
    if guardian.ring_from is None or guardian.ring_until is None:
        return awake_at_home(moment, guardian=guardian, school=school)
    # Outside the hours they gave is as quiet as the night, and within them they asked to be rung.
    return next_awake(moment, guardian.zone(school.zone), guardian.ring_until, guardian.ring_from)
