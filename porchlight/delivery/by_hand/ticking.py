"""What waits for a person and may not go any more is ended, so that another way is tried without anybody's tap."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, take
from porchlight.delivery.by_hand.carrying import stop
from porchlight.delivery.by_hand.lists import obstacles, waiting
from porchlight.delivery.gateways.by_hand import BY_HAND
from porchlight.delivery.models import Account, Stopped
from porchlight.delivery.outbox.ticking import on_tick
from porchlight.schools.actors import system
from porchlight.schools.models import School

ONCE_A_MINUTE = Rate(1, timedelta(minutes=1))  # however many workers tick
AT_ONCE = 500


@on_tick
def end_what_may_not_go(school: School, now: datetime) -> None:
    """A worker's last check would have stopped these; the same check stops them here."""
    if not Account.objects.in_school(school).by_hand().exists():
        return
    if not take(f"ended by hand:{school.pk}", ONCE_A_MINUTE, now=now):
        return
    rows = waiting(system(school.pk), BY_HAND).filter(due_at__lte=now)
    due = list(rows.select_related("parcel__guardian", "account")[:AT_ONCE])
    found = obstacles(school, due, now)
    for row in due:
        obstacle, _waits = found[row.pk]
        if obstacle in Stopped.values:
            stop(row, obstacle, now)
