"""Wake-up calls: a lane is told from when on it has something to do. Losing one loses nothing (`sweeping.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from porchlight.delivery.models import Delivery, Lane


def wake_on_commit(deliveries: Iterable[Delivery]) -> None:
    """Wake the lanes of these once their rows are there for others to see."""
    earliest: dict[int, datetime] = {}
    for one in deliveries:
        earliest[one.account_id] = min(one.due_at, earliest.get(one.account_id, one.due_at))
    if earliest:
        transaction.on_commit(lambda: wake(earliest))


def wake(earliest: Mapping[int, datetime]) -> None:
    """Tell each lane (by account id) when its next delivery is due, unless it knows of an earlier one."""
    for account_id, due_at in sorted(earliest.items()):
        later = Q(due_at=None) | Q(due_at__gt=due_at)
        Lane.objects.filter(later, account_id=account_id).update(due_at=due_at)
