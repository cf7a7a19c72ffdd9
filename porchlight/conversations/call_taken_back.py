"""A call written down by mistake: who wrote it takes it back, with what it said the family had said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from porchlight.activity.record import record
from porchlight.conversations.asking import taken_back
from porchlight.conversations.calling import ON_THE_PHONE
from porchlight.conversations.models import Answer, Message, Ringing, TriageItem
from porchlight.conversations.placing import guardians_at
from porchlight.delivery.by_hand import carrying
from porchlight.delivery.by_hand.carrying import UNDO_FOR
from porchlight.delivery.gateways.by_hand import CallList
from porchlight.delivery.models import CameOf, Handing
from porchlight.families.models import Channel, Guardian
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School

SHOWN = 50
FOR_GOOD = (CameOf.WRONG_NUMBER,)  # the number is put right on its own page, and other ways are tried already


@dataclass(frozen=True, slots=True)
class Done:
    """One call of today, as its caller may take it back."""

    name: str
    came_of: str
    at: datetime
    back: str  # where taking it back is posted


def done_lately(school: School, actor: Actor, now: datetime) -> list[Done]:
    """What this colleague wrote down in the last day, the latest first."""
    about = mine_about(actor).filter(at__gt=now - UNDO_FOR).select_related("delivery__parcel__guardian")
    asked = mine_asked(actor).filter(at__gt=now - UNDO_FOR).select_related("item__address")
    done = [
        Done(str(one.delivery.parcel.guardian), one.came_of, one.at, _there("call_undo", school, one.pk))
        for one in about.order_by("-pk")[:SHOWN]
    ]
    done += [
        Done(
            ", ".join(map(str, _people(one.item))),
            one.came_of,
            one.at,
            _there("call_asked_undo", school, one.pk),
        )
        for one in asked.order_by("-pk")[:SHOWN]
    ]
    return sorted(done, key=lambda one: one.at, reverse=True)[:SHOWN]


def _there(name: str, school: School, pk: int) -> str:
    return reverse(f"conversations:{name}", kwargs={"school": school.slug, "pk": pk})


def mine_about(actor: Actor) -> QuerySet[Handing]:
    """Calls about words of ours that this colleague wrote down and may take back."""
    mine = Handing.objects.visible_to(actor).standing().filter(by_id=actor.post_id)
    return mine.filter(delivery__account__gateway=CallList.name).exclude(came_of__in=FOR_GOOD)


def mine_asked(actor: Actor) -> QuerySet[Ringing]:
    """Calls that families asked for, as above."""
    mine = Ringing.objects.visible_to(actor).standing().filter(by_id=actor.post_id)
    return mine.exclude(came_of__in=FOR_GOOD)


def _people(item: TriageItem) -> Sequence[Guardian]:
    return guardians_at(item.address) if item.address is not None else ()


@transaction.atomic
def not_rung_about(handing: Handing, *, by: Actor, now: datetime) -> bool:
    """Words of ours were not said on the telephone after all: they wait again. False where it is too late."""
    if not carrying.take_back(handing, by=by, now=now):
        return False
    guardian = handing.delivery.parcel.guardian
    if guardian is not None:
        _unsay([guardian], at=handing.at)
        answers = Answer.objects.in_school(handing.school_id).filter(thread__guardian=guardian)
        given = answers.filter(at=handing.at, channel=Channel.VOICE, typed_by_id=handing.by_id)
        for answer in given.select_related("ask"):
            taken_back(answer)
        given.delete()
    changed(handing.school_id, Topic.NOTICES)
    return True


@transaction.atomic
def not_rung_back(ringing: Ringing, *, by: Actor, now: datetime) -> bool:
    """A family that asked for a call waits for it again. False where it is too late, or rung anew since."""
    item = (
        TriageItem.objects.select_for_update(of=("self",))
        .select_related("message", "address")
        .get(pk=ringing.item_id)
    )
    last = item.ringings.standing().order_by("-pk").first()
    if last is None or last.pk != ringing.pk or now - last.at > UNDO_FOR:
        return False
    if item.resolved_at is not None and item.resolved_at != last.at:
        return False  # somebody has seen to it otherwise
    if item.message is not None and item.resolved_at and item.message.settled_at == item.resolved_at:
        item.message.settled_at, item.message.settled_by_id = None, None
        item.message.save(update_fields=["settled_at", "settled_by"])
    Ringing.objects.filter(pk=last.pk).update(undone_at=now)
    item.outcome, item.resolved_at, item.resolved_by_id = "", None, None
    item.save(update_fields=["outcome", "resolved_at", "resolved_by"])
    _unsay(_people(item), at=last.at)
    record("call.taken_back", about=item, by=by)
    return True


def _unsay(people: Sequence[Guardian], *, at: datetime) -> None:
    """What a colleague typed as said in that call, in the same moment, was not said."""
    said = Message.objects.standing().filter(thread__guardian__in=people, kind=ON_THE_PHONE, said_at=at)
    said.update(undone_at=at)
    for one in people[:1]:
        changed(one.school_id, Topic.TALK)
