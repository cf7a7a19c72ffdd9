"""What time alone brings about."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.meetings.models import Round
from porchlight.meetings.rounds.asking import ask_some, remind
from porchlight.schools.models import School

EACH_MINUTE = Rate(1, timedelta(minutes=1))


@on_tick
def tick(school: School, now: datetime) -> None:
    """Inside the school's context. Doing it twice does nothing more."""
    if take(f"rounds:{school.pk}", EACH_MINUTE, now=now):
        for one in Round.objects.in_school(school).filter(
            asked_at__isnull=False, told_at=None, closed_at=None, answer_by__gt=now
        ):
            ask_some(one, now=now)
        remind(school, now=now)
