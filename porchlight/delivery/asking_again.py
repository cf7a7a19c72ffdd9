"""A number is not theirs, somebody said: they are asked for the right one on another way of theirs.

The words are the same whatever number it is, and name nobody: where nothing else of theirs is known, the office asks.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from porchlight.activity.record import record
from porchlight.delivery.addressing import NOT_THEIRS, demote
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.inbox.doubted import SENTENCE
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.ladder.looking import not_theirs
from porchlight.delivery.service import serve_when_awake
from porchlight.families.models import Address, AddressState, Channel, ContactPoint
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

WRITTEN_TO = (Channel.WHATSAPP, Channel.SMS, Channel.TELEGRAM, Channel.EMAIL)


def said_not_theirs(address: Address, *, school: School, by: Actor, now: datetime) -> bool:
    """The family says so to a colleague's face: only words for anybody go there now. Returns whether that is new."""
    moved = demote(address, reason=NOT_THEIRS)
    if not moved:
        return False
    record("address.not_theirs", about=address, by=by)
    for one in moved:
        tell_trouble(Trouble(school, "address_demoted", SENTENCE, None, one))
    not_theirs(address, now)
    ask_again(moved, now=now)
    return True


def ask_again(addresses: Collection[Address], *, now: datetime) -> int:
    """Each adult who used that number, on the way they like best of those that are theirs for certain.

    Returns how many were asked.
    """
    asked = 0
    used_by = ContactPoint.objects.filter(address__in=addresses, ended_at=None, guardian__left_at=None)
    points = used_by.exclude(guardian=None).select_related("guardian__school", "address").order_by("pk")
    for point in {point.guardian_id: point for point in points}.values():
        guardian = point.guardian
        other = _another_way(point)
        if guardian is None or other is None:
            continue
        asked += (
            serve_when_awake(
                school=guardian.school,
                kind=ServiceKind.WAY_IN_DOUBT,
                to=other.address,
                guardian=guardian,
                now=now,
            )
            is not None
        )
    return asked


def _another_way(point: ContactPoint) -> ContactPoint | None:
    others = ContactPoint.objects.usable().filter(
        guardian=point.guardian_id,
        on_trial=False,
        address__state=AddressState.GOOD,
        address__channel__in=WRITTEN_TO,
    )
    others = others.exclude(address__value=point.address.value) if point.address.value else others
    return others.exclude(address=point.address_id).select_related("address").order_by("rank", "pk").first()
