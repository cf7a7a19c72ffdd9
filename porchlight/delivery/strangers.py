"""Free text to somebody whose address we do not keep: they wrote a moment ago, so it may be sent for a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from porchlight.delivery.models import Account, InboundEvent
from porchlight.families.models import Address
from porchlight.toolbox import school_time

FREE_UNTIL = "free_until"  # in a delivery's body: its address is no row that could hold it


def window_of_stranger(account: Account, number: str, user_id: str, now: datetime) -> datetime | None:
    """Until when free text may be sent there on this account; None where that is asked of no one, or is over."""
    hours = account.carrier.abilities.free_text_window_hours
    if hours is None or not (number or user_id):
        return None
    recent = InboundEvent.objects.in_school(account.school_id).filter(
        account=account, kind="heard", received_at__gt=now - timedelta(hours=hours), received_at__lte=now
    )
    by = {"event__sender__number": number} if number else {"event__sender__user_id": user_id}
    last = recent.filter(**by).order_by("-received_at").values_list("received_at", flat=True).first()
    return last + timedelta(hours=hours) if last is not None else None


def free_until(address: Address) -> dict[str, str]:
    """What the body keeps of it."""
    return {FREE_UNTIL: address.window_until.isoformat()} if address.window_until else {}


def may_send_free_text(body: Mapping[str, Any]) -> bool:
    """Whether a body says that free text is still allowed now."""
    written = body.get(FREE_UNTIL)
    return bool(written) and datetime.fromisoformat(str(written)) > school_time.now()
