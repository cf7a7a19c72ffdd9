"""What the office does with its tray: give the words a thread, or say what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations import mending
from porchlight.conversations.heard import Words, hear_in_thread
from porchlight.conversations.models import Message, TriageItem, WhichChild
from porchlight.conversations.placing import thread_of
from porchlight.delivery.changing.actions import ask, confirm
from porchlight.families.caring import asks_for_care
from porchlight.families.models import (
    Address,
    AddressState,
    CameBy,
    Channel,
    Consent,
    ContactChange,
    ContactPoint,
    Guardianship,
    HowConfirmed,
)
from porchlight.schools.actors import Actor

# Consent.source
WROTE_TO_US = "wrote to us; placed by the office"
GAVE_IT_WITH_A_SLIP = "gave it with a slip; the office asked"


class AlreadyPlaced(ValueError):
    """A colleague was quicker."""


@transaction.atomic
def place_in_thread(
    item: TriageItem, *, tie: Guardianship, by: Actor, now: datetime, keep_address: bool = False
) -> Message:
    """Put the words where they belong. With `keep_address` the sender is this guardian's from now on.

    The first way to somebody is kept at once. Beside others, or where care is asked for, it is a changed number: what
    comes back with `change_of` waits for a colleague to say how they know. Raises AlreadyPlaced.
    """
    item = _still_waiting(item)
    if item.message_id is not None:  # the words have their thread; only something is to be done about them
        raise AlreadyPlaced
    words = Words(
        text=item.text,
        channel=item.channel,
        at=item.heard_at,
        full_text=item.full_text,
        media=tuple(item.media),
        inbound=item.inbound,
    )
    message = hear_in_thread(thread=thread_of(tie), words=words)
    WhichChild.objects.filter(triage=item, placed_at=None).update(placed_at=now)
    if keep_address:
        _keep_address(item, tie, by=by, now=now)
    item.message, item.resolved_at, item.resolved_by_id = message, now, by.post_id
    item.save(update_fields=["message", "resolved_at", "resolved_by"])
    record("triage.placed", about=item, by=by, thread=message.thread_id)
    return message


@transaction.atomic
def settle(item: TriageItem, *, outcome: str, by: Actor, now: datetime) -> TriageItem:
    """Say in one line what was done: no thread takes it, or its words need no other answer. Raises AlreadyPlaced."""
    item = _still_waiting(item)
    item.outcome, item.resolved_at, item.resolved_by_id = outcome, now, by.post_id
    item.save(update_fields=["outcome", "resolved_at", "resolved_by"])
    WhichChild.objects.filter(triage=item, placed_at=None).update(placed_at=now)
    if item.message is not None and item.message.settled_at is None:
        item.message.settled_at, item.message.settled_by_id = now, by.post_id
        item.message.save(update_fields=["settled_at", "settled_by"])
    record("triage.settled", about=item, by=by)
    return item


def _still_waiting(item: TriageItem) -> TriageItem:
    fresh = TriageItem.objects.select_for_update().get(pk=item.pk)
    if fresh.resolved_at is not None:
        raise AlreadyPlaced
    return fresh


def change_of(item: TriageItem) -> ContactChange | None:
    """The wish that came of keeping this item's number, while it waits."""
    standing = ContactChange.objects.in_school(item.school_id).standing().filter(came_by=CameBy.MESSAGE)
    return standing.filter(value=item.sender).order_by("-pk").first()


def _keep_address(item: TriageItem, tie: Guardianship, *, by: Actor, now: datetime) -> None:
    """The address they wrote from, made theirs: at once if it is the first we know, else when it is confirmed."""
    if _is_their_first(item, tie, now):
        _keep_at_once(item, tie, by=by, now=now)
        return
    by_number = item.sender.startswith("+") or item.channel == Channel.EMAIL
    change = ask(
        guardian=tie.guardian,
        channel=item.channel,
        written=item.sender,
        is_user_id=not by_number,
        by=by,
        now=now,
        came_by=CameBy.MESSAGE,
    )
    if item.slip_of_id == tie.pk:
        confirm(change, how=HowConfirmed.BY_SLIP, words=GAVE_IT_WITH_A_SLIP, by=by, now=now)


def _is_their_first(item: TriageItem, tie: Guardianship, now: datetime) -> bool:
    """Nothing else is known of this adult, or this very address is: then nothing changes."""
    points = ContactPoint.objects.filter(guardian_id=tie.guardian_id, ended_at=None)
    if item.address is not None and points.filter(address=item.address, on_trial=False).exists():
        return True
    return not points.exists() and not asks_for_care(tie.guardian, on=item.school.local(now).date())


def _keep_at_once(item: TriageItem, tie: Guardianship, *, by: Actor, now: datetime) -> ContactPoint:
    """Writing to us from it is their consent to an answer there, unless they said stop there."""
    address = item.address
    if address is None:
        by_number = item.sender.startswith("+") or item.channel == Channel.EMAIL
        known_by: dict[str, Any] = {"value": item.sender} if by_number else {"user_id": item.sender}
        address, _ = Address.objects.get_or_create(school_id=item.school_id, channel=item.channel, **known_by)
    there = ContactPoint.objects.filter(address=address, ended_at=None)
    point = there.filter(guardian_id=tie.guardian_id).first()
    if address.state == AddressState.GOOD or point is not None or not there.exists():
        mending.confirm(address, by=by, now=now)  # else its doubt is about others, who were not asked
    if point is None:
        rank = ContactPoint.objects.filter(guardian_id=tie.guardian_id, ended_at=None).count() + 1
        point = ContactPoint.objects.create(
            school_id=item.school_id, address=address, guardian_id=tie.guardian_id, rank=rank, created_at=now
        )
    if address.opted_out_at is None and not point.consented:
        _agree(point, item, by=by, now=now)
    return point


def _agree(point: ContactPoint, item: TriageItem, *, by: Actor, now: datetime) -> None:
    point.consented = True
    point.save(update_fields=["consented"])
    Consent.objects.create(
        school_id=item.school_id,
        contact_point=point,
        given=True,
        source=WROTE_TO_US if item.slip_of_id is None else GAVE_IT_WITH_A_SLIP,
        recorded_by_id=by.post_id,
        at=now,
    )
