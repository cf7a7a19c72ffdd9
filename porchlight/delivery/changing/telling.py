"""The ways known before hear that something changes: in words that are the same whatever it is, and never where
somebody else reads along.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from porchlight.delivery.content import ServiceKind
from porchlight.delivery.service import serve_when_awake
from porchlight.families.models import AddressState, Channel, ContactChange, ContactPoint


def tell_that_something_changes(change: ContactChange, *, now: datetime) -> int:
    """Once for each change, in waking hours. Returns how many were told."""
    guardian = change.guardian
    told = 0
    for point in _known_before(change):
        told += (
            serve_when_awake(
                school=guardian.school,
                kind=ServiceKind.WAY_CHANGES,
                to=point.address,
                guardian=guardian,
                now=now,
            )
            is not None
        )
    change.told_at = now
    change.save(update_fields=["told_at"])
    return told


def _known_before(change: ContactChange) -> list[ContactPoint]:
    """Where they agreed to be written to, as far as it is theirs: each, for whoever took one may not have all.

    Also what this very change has just ended; nothing to whoever reads along, nor to a number in doubt.
    """
    points = ContactPoint.objects.filter(
        Q(ended_at=None) | Q(pk=change.old_id or 0),
        guardian=change.guardian,
        on_trial=False,
        unsafe_at=None,
        consented=True,
        address__opted_out_at=None,
        address__state=AddressState.GOOD,
        address__channel__in=[Channel.WHATSAPP, Channel.SMS, Channel.TELEGRAM, Channel.EMAIL],
    )
    points = points.exclude(pk=change.point_id or 0)
    known_by = "address__user_id" if change.is_user_id else "address__value"
    new = {"address__channel": change.channel, known_by: change.value}
    return list(points.exclude(**new).select_related("address").order_by("rank", "pk"))
