"""What time alone brings about: what a worker that was killed left undone is done by the next."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.outbox.ticking import on_tick
from porchlight.meetings.models import LateChange, Planning, Round
from porchlight.meetings.planned import changing, searching, telling
from porchlight.schools.models import School


@on_tick
def tick(school: School, now: datetime) -> None:
    """Every few seconds, inside the school's context. Doing it twice does nothing more."""
    for row in Planning.objects.in_school(school).under_way():
        if searching.is_silent(row, now):
            Planning.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now, outcome=Planning.LOST)
    told = Round.objects.in_school(school).filter(told_at__isnull=False, closed_at=None)
    for round_ in told.filter(told_at__lte=now):
        round_.school = school
        if telling.has_untold(round_):
            telling.work(school.pk, round_.pk)
        if LateChange.objects.in_school(school).unsettled().filter(wish__round=round_).exists():
            changing.settle(round_, now=now)
