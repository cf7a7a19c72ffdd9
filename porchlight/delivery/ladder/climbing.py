"""What a step comes to: a new delivery, a word to another adult, an errand, or the hour of the next look."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from porchlight.delivery.actions import FIRST_LOOK, delivery_of
from porchlight.delivery.by_hand.slip_codes import keep_codes
from porchlight.delivery.gateways.by_hand import BY_HAND
from porchlight.delivery.ladder import above
from porchlight.delivery.ladder.facts import Facts
from porchlight.delivery.ladder.terms import CALLS, NUDGES, Cause, Does, Step, Why
from porchlight.delivery.models import Delivery, Parcel, Stopped
from porchlight.delivery.planning import Planned
from porchlight.delivery.talking.recording import with_voices
from porchlight.delivery.waking import wake_on_commit
from porchlight.schools.actors import system


def go(facts: Facts, step: Step, now: datetime) -> Delivery | None:
    """Do it, and write down when the ladder looks again. Returns the new delivery, where it came to one."""
    parcel, following = facts.parcel, None
    looks_again: datetime | None = None
    match step.does:
        case Does.TRY if step.way is not None:
            following = begin(parcel, _in_hours(facts, facts.planned[step.way]), now)
            looks_again = following.due_at + FIRST_LOOK
        case Does.TELL if step.other is not None:
            above.tell(parcel, step.other, now)
            looks_again = now + FIRST_LOOK
        case Does.WAIT:
            looks_again = step.at
        case Does.ERRAND:
            above.ask_somebody(parcel, step.why, now)
        case Does.REST if step.why in (Why.ANSWERED, Why.HOME_HAS_IT):
            _off_the_lists(parcel, now)
    if facts.case.cause is Cause.ORDINARY and not _waits_to_be_opened(step, following):
        looks_again = None
    if parcel.climbs_at != looks_again:
        parcel.climbs_at = looks_again
        parcel.save(update_fields=["climbs_at"])
    return following


def _in_hours(facts: Facts, planned: Planned) -> Planned:
    """As planned; of what rings a telephone, in the hours of that home, however urgent it is."""
    if planned.channel not in CALLS:
        return planned
    return replace(planned, due_at=facts.case.hours.to_ring(planned.due_at))


def _waits_to_be_opened(step: Step, following: Delivery | None) -> bool:
    """Ordinary words are looked after only while a note on a screen is all that left."""
    return step.does is Does.WAIT or (following is not None and following.channel in NUDGES)


def _off_the_lists(parcel: Parcel, now: datetime) -> None:
    """Nobody need ring any more, nor hand out a slip: the home has it."""
    Delivery.objects.waiting().filter(parcel=parcel, account__gateway__in=BY_HAND).update(
        stopped=Stopped.EXPIRED, status_at=now
    )


def begin(parcel: Parcel, planned: Planned, now: datetime) -> Delivery:
    """Put the next rung into the outbox; a call that no machine can say waits there for a person's voice."""
    [(planned, recording)] = with_voices([planned], by=system(parcel.school_id), now=now)
    if planned.record_in:
        spoken = planned.content.spoken
        parcel.recording, parcel.spoken = recording, asdict(spoken) if spoken is not None else None
        parcel.save(update_fields=["recording", "spoken"])
    following = delivery_of(parcel, planned, hold_until=None, now=now)
    following.save()
    keep_codes([following], now)
    wake_on_commit([following])
    return following
