"""When a home is rung, and when again: in the hours they may be rung, and never soon after they could not answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.delivery.content import Content
from porchlight.delivery.models import Account
from porchlight.delivery.quiet import hour_to_ring
from porchlight.families.models import AddressState, Channel, ContactPoint, Guardian
from porchlight.schools.models import School

ENGAGED = timedelta(minutes=20)  # they are at home, and at the telephone
NOBODY = timedelta(hours=3)  # another part of the day
NOT_HEARD = timedelta(hours=1)
WAITS = {"busy": ENGAGED, "sip_486": ENGAGED, "not_heard": NOT_HEARD}


def ring_again(code: str, earlier: int) -> timedelta:
    """How long to wait after the `earlier`-th call that came to nothing: longer each time."""
    return WAITS.get(code, NOBODY) * max(1, earlier)


def hour_for(
    school: School, account: Account, content: Content, guardian: Guardian, due_at: datetime
) -> datetime:
    """`due_at` itself; of a call that can wait, the first moment from then on at which they may be rung."""
    if account.channel != Channel.CALL or content.urgent_reason:
        return due_at
    return hour_to_ring(due_at, guardian=guardian, school=school)


def may_go_to(point: ContactPoint, guardian: Guardian) -> bool:
    """No machine rings somebody who wants, or can use, no calls."""
    return point.address.channel != Channel.CALL or guardian.may_be_rung


def can_be_rung(point: ContactPoint) -> bool:
    """Whether it is a telephone number, and theirs for certain."""
    is_theirs = point.address.state == AddressState.GOOD and not point.on_trial
    return point.address.value.startswith("+") and is_theirs
