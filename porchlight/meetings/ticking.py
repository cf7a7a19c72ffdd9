"""What time alone brings about."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.meetings.rounds.asking import ask_some, go_on_later, remind, takes_answers, unasked
from porchlight.meetings.rounds.parting import part
from porchlight.schools.models import School

EACH_MINUTE = Rate(1, timedelta(minutes=1))


@on_tick
def tick(school: School, now: datetime) -> None:
    """Inside the school's context. Doing it twice does nothing more."""
    if take(f"rounds:{school.pk}", EACH_MINUTE, now=now):
        for one in takes_answers(school, now=now):
            part(one, now=now)
            # Who came since; and whoever a worker that was killed has left, by another one.
            last = ask_some(one, now=now)
            if last is not None and unasked(one, now=now).filter(pk__gt=last).exists():
                go_on_later(one)
        remind(school, now=now)
