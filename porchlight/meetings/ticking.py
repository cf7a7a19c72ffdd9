"""What time alone brings about."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.outbox.ticking import on_tick_every
from porchlight.meetings.rounds.asking import ask_some, go_on_later, remind, takes_answers, unasked
from porchlight.meetings.rounds.parting import part
from porchlight.schools.models import School


@on_tick_every(minutes=1)
def tick(school: School, now: datetime) -> None:
    """Inside the school's context. Doing it twice does nothing more."""
    for one in takes_answers(school, now=now):
        # Who came since; and whatever a worker that was killed has left, by another one.
        if one.to_form_at is not None:
            go_on_later(one)
            continue
        part(one, now=now)
        last = ask_some(one, now=now)
        if last is not None and unasked(one, now=now).filter(pk__gt=last).exists():
            go_on_later(one)
    remind(school, now=now)
