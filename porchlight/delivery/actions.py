"""What may be done with parcels: send off, take back, send again, stop everything. And service messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.by_hand.slip_codes import keep_codes
from porchlight.delivery.content import Content, Urgency
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.ladder.terms import NUDGES
from porchlight.delivery.models import (
    TO_RECORD,
    Delivery,
    KillSwitch,
    Parcel,
    ParcelStudent,
    Recording,
    Stopped,
)
from porchlight.delivery.planning import Planned
from porchlight.delivery.service import AT_ONCE, RawAddress, serve
from porchlight.delivery.talking.recording import with_voices
from porchlight.delivery.together import let_stand, pair
from porchlight.delivery.waking import wake_on_commit
from porchlight.families.models import Channel
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time

FIRST_LOOK = timedelta(minutes=15)  # of the ladder, after words were to leave
ORDINARY = 1  # Delivery.priority; service.AT_ONCE goes before it

__all__ = ["RawAddress", "delivery_of", "dispatch", "replay", "serve", "switch", "withdraw"]


@transaction.atomic
def dispatch(
    *, planned: Sequence[Planned], by: Actor, urgency: Urgency, hold_until: datetime | None = None
) -> list[Parcel]:
    """Write parcels and deliveries for those who can be reached, in their order; workers do the rest.

    Runs in the caller's transaction: what is rolled back was never in the outbox. Nothing leaves before
    `hold_until`, so an undo inside it is complete.
    """
    now = school_time.now()
    voiced = with_voices([one for one in planned if one.not_reached is None], by=by, now=now)
    going = [one for one, _ in voiced]
    parcels = Parcel.objects.bulk_create(
        [_parcel(one, by, urgency, now, recording) for one, recording in voiced]
    )
    ParcelStudent.objects.bulk_create(
        ParcelStudent(school_id=by.school_id, parcel=parcel, student=student)
        for parcel, one in zip(parcels, going, strict=True)
        for student in one.recipient.students
    )
    deliveries = [
        delivery_of(parcel, one, hold_until=hold_until, now=now)
        for parcel, one in zip(parcels, going, strict=True)
    ]
    riders = pair(going, deliveries)
    leaving = Delivery.objects.bulk_create(one for one in deliveries if one.stopped != Stopped.TOGETHER)
    Delivery.objects.bulk_create(riders)
    keep_codes(leaving, now)
    wake_on_commit(leaving)
    return parcels


def _parcel(one: Planned, by: Actor, urgency: Urgency, now: datetime, recording: Recording | None) -> Parcel:
    content = one.content
    return Parcel(
        school_id=by.school_id,
        guardian=one.recipient.guardian,
        tier=content.tier,
        urgency=urgency,
        urgent_reason=content.urgent_reason,
        language=content.language,
        subject=content.subject,
        text=content.text,
        sender_name=content.sender_name,
        page_path=content.page_path,
        is_original=content.is_original,
        ask=asdict(content.ask) if content.ask else None,
        spoken=asdict(content.spoken) if content.spoken else None,
        recording=recording,
        enclosed=asdict(content.enclosed) if content.enclosed else None,
        created_at=now,
        answer_by=content.answer_by,
        climbs_at=max(now, one.due_at) + FIRST_LOOK if _climbs(urgency, content, one.channel) else None,
    )


def _climbs(urgency: Urgency, content: Content, channel: str) -> bool:
    """Words that the ladder looks after, however far they came; others it meets only when they fail.

    Of what only said that they wait, it looks whether anybody opened them.
    """
    return urgency is Urgency.URGENT or content.answer_by is not None or channel in NUDGES


def delivery_of(parcel: Parcel, one: Planned, *, hold_until: datetime | None, now: datetime) -> Delivery:
    """The outbox row, not yet saved, of a parcel on the way that was planned for it."""
    if one.account is None or one.body is None:
        raise ValueError("Only what was planned to reach somebody can be sent.")
    address = one.address
    return Delivery(
        school_id=parcel.school_id,
        parcel=parcel,
        contact_point=one.contact_point,
        address=address,
        account=one.account,
        channel=one.channel,
        to=(address.value or address.user_id) if address else "",
        to_is_user_id=address is not None and not address.value,
        priority=AT_ONCE if parcel.urgency == Urgency.URGENT else ORDINARY,
        body=one.body.as_json(),
        is_personal=one.body.is_personal,
        code=TO_RECORD if one.record_in and one.body.spoken is None else "",
        due_at=max(one.due_at, hold_until) if hold_until else one.due_at,
        created_at=now,
    )


@transaction.atomic
def withdraw(parcels: Iterable[Parcel]) -> int:
    """Take back what has not left. Returns how many deliveries stay here; those already leaving do not count."""
    ids = [parcel.pk for parcel in parcels]
    now = school_time.now()
    Parcel.objects.filter(pk__in=ids, withdrawn_at=None).update(withdrawn_at=now)
    resting = Delivery.objects.waiting().filter(parcel__in=ids, lease_until=None, copies=0)
    back = resting.update(stopped=Stopped.WITHDRAWN, status_at=now)
    if back and let_stand(ids):
        back += resting.update(stopped=Stopped.WITHDRAWN, status_at=now)
    return back


@transaction.atomic
def replay(delivery: Delivery, by: Actor) -> Delivery:
    """Send a dead letter again, as a new delivery: what was tried stays as it was."""
    if delivery.stopped != Stopped.DEAD:
        raise ValueError("Only a dead letter can be sent again.")
    again = Delivery.objects.create(
        school_id=delivery.school_id,
        parcel=delivery.parcel,
        contact_point=delivery.contact_point,
        address=delivery.address,
        account=delivery.account,
        channel=delivery.channel,
        to=delivery.to,
        to_is_user_id=delivery.to_is_user_id,
        priority=delivery.priority,
        body=delivery.body,
        is_personal=delivery.is_personal,
        due_at=school_time.now(),
    )
    Delivery.objects.filter(pk=delivery.pk).update(stopped=Stopped.REPLAYED)
    Delivery.objects.filter(rides_with=delivery).update(
        rides_with=again, status=Status.QUEUED, code="", advice="", detail=""
    )
    record("delivery.replayed", about=delivery, by=by, again=again.pk)
    wake_on_commit([again])
    return again


@transaction.atomic
def switch(
    *, off: bool, by: Actor | None, reason: str, school: School | None = None, channel: str = ""
) -> KillSwitch | None:
    """Stop everything on a channel, a school or (school None) the whole platform; or lift that again.

    In force with the next small batch of every worker, which is well within five seconds. Nothing is lost:
    what waits leaves when the switch is lifted. Returns the switch; None when there was none to lift.
    """
    if channel and channel not in Channel.values:
        raise ValueError(f"No channel {channel!r}; there are {', '.join(Channel.values)}.")
    standing = KillSwitch.objects.filter(school=school, channel=channel, lifted_at=None).first()
    actor_id = by.post_id if by else None
    if off:
        found = standing or KillSwitch.objects.create(
            school=school, channel=channel, reason=reason, set_by_id=actor_id
        )
    elif standing is not None:
        standing.lifted_at, standing.lifted_by_id = school_time.now(), actor_id
        standing.save(update_fields=["lifted_at", "lifted_by_id"])
        found = standing
    else:
        return None
    if by is not None:
        record(
            "delivery.stopped" if off else "delivery.resumed",
            about=found,
            by=by,
            words=reason,
            channel=channel,
        )
    return found
