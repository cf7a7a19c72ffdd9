"""Once a day, after two in the morning by the school's clock, what is past its limit goes, and idle posts rest."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from porchlight.privacy.clearing import clear, clear_server
from porchlight.privacy.models import Clearing
from porchlight.schools.models import School
from porchlight.schools.resting import rest_the_idle

AFTER = 2  # o'clock

AGAIN = timedelta(hours=1)  # a process looks again; also after a round that broke off

_next: dict[int, datetime] = {}  # by school
_server_done: date | None = None


def clear_daily(school: School, now: datetime) -> None:
    """A job of `on_tick`: the first worker of the day does it, the others find it done."""
    here = school.local(now)
    if here.hour < AFTER or now < _next.get(school.pk, now):
        return
    _next[school.pk] = now + AGAIN
    row, is_new = Clearing.objects.get_or_create(school=school, day=here.date(), defaults={"at": now})
    if is_new:
        row.counts = clear(school, now=now)
        row.save(update_fields=["counts"])
        rest_the_idle(school, now)
        _server(now)


def _server(now: datetime) -> None:
    """What belongs to no school, once a day in this process, whichever school comes first."""
    global _server_done
    if _server_done != now.date():
        _server_done = now.date()
        clear_server(now=now)
