"""What waited its three days is put in force without anybody's tap; who was not told yet is told."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.changing.actions import AT_A_TIME, finish_due
from porchlight.delivery.changing.telling import tell_that_something_changes
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.families.models import CameBy, ContactChange
from porchlight.schools.models import School


@on_tick
def changes_go_on(school: School, now: datetime) -> None:
    """Doing it twice does nothing more."""
    finish_due(school, now)
    untold = ContactChange.objects.in_school(school).filter(
        told_at=None, refused_at=None, came_by=CameBy.ROSTER
    )
    for change in untold.order_by("pk")[:AT_A_TIME]:
        tell_that_something_changes(change, now=now)
