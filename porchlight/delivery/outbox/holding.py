"""A lane that staff must look at: nothing leaves on it, and somebody is told once."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.models import Account, Lane
from porchlight.schools.models import School


def hold(account_id: int, school_id: int, why: str, now: datetime) -> bool:
    """Stop the lane until staff act. Returns whether it was running. In the school's context."""
    running = Lane.objects.filter(account_id=account_id, held_at=None)
    if not running.update(held_at=now, held_reason=why[:300]):
        return False
    school = School.objects.get(pk=school_id)
    tell_trouble(Trouble(school, "lane_held", why, Account.objects.get(pk=account_id)))
    return True
