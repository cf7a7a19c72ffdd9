"""An announcement on slips as well: for every home of a class, or for those that nothing else reaches.

A slip is one more way of the same parcel, so a home that has its words already is counted once, as far as it came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.by_adult import by_adult
from porchlight.conversations.links import links_for
from porchlight.conversations.models import Message, Notice, Unreached
from porchlight.conversations.notices import hold_of, utterance_of
from porchlight.conversations.report import report_on
from porchlight.conversations.tell import join, plan_for
from porchlight.delivery.actions import delivery_of, dispatch
from porchlight.delivery.by_hand.slip_codes import keep_codes
from porchlight.delivery.content import Recipient, Urgency
from porchlight.delivery.ladder.content import content_of
from porchlight.delivery.models import Account, Delivery, Parcel
from porchlight.delivery.planning import Known, known_of, plan_one
from porchlight.families.models import Channel, Student
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import School, SchoolClass

MAY_PRINT = (Role.OFFICE, Role.LEADER)


class NoSlips(ValueError):
    """The school hands out no slips of paper yet: a way to reach families that the office has not opened."""


@transaction.atomic
def put_on_paper(notice: Notice, *, group: SchoolClass, everybody: bool, by: Actor, now: datetime) -> int:
    """A slip for each adult of the class that has none yet. Returns how many more there are now.

    `everybody`: also for homes that have the words another way. Restrictions hold as for any other way. Pressed
    twice, it is done once. Raises NoSlips, PermissionDenied.
    """
    if not by.is_one_of(*MAY_PRINT):
        raise PermissionDenied("The office or a leader prints slips for a class.")
    notice = Notice.objects.select_for_update(of=("self",)).select_related("school").get(pk=notice.pk)
    school = notice.school
    if not Account.objects.in_school(school).open().filter(channel=Channel.PAPER).exists():
        raise NoSlips
    wanted = _wanted(notice, group, by, now)
    if not everybody:
        lost = {door.guardian.pk for door in report_on(notice, actor=by).not_reached}
        wanted = {pk: messages for pk, messages in wanted.items() if pk in lost}
    known = _on_paper_alone(known_of(school, set(wanted), on=school.local(now).date()))
    parcels = _parcels_of(notice)
    made = _beside(notice, {pk: wanted[pk] for pk in wanted if pk in parcels}, parcels, known, now)
    made += _first(notice, {pk: wanted[pk] for pk in wanted if pk not in parcels}, known, now)
    if made:
        record("notice.on_paper", about=notice, by=by, slips=made)
    return made


def on_paper(notice: Notice) -> list[int]:
    """Ids of the slips of an announcement that stand."""
    slips = Delivery.objects.in_school(notice.school_id).filter(channel=Channel.PAPER, stopped="")
    return list(
        slips.filter(parcel__messages__message__notice=notice).values_list("pk", flat=True).distinct()
    )


def _wanted(notice: Notice, group: SchoolClass, by: Actor, now: datetime) -> dict[int, list[Message]]:
    """By adult with a child in the class and no slip yet: all that this says to them, of siblings too."""
    today = notice.school.local(now).date()
    children = Student.objects.visible_to(by).on_roll().in_class(group, on=today)
    said = Message.objects.visible_to(by).standing().filter(notice=notice)
    here = said.filter(thread__student__in=children).values("thread__guardian")
    have = Parcel.objects.filter(deliveries__in=on_paper(notice)).values("guardian")
    rows = said.filter(thread__guardian__in=here).exclude(thread__guardian__in=have)
    return by_adult(rows.select_related("thread__guardian", "thread__student").order_by("pk"))


def _parcels_of(notice: Notice) -> dict[int, Parcel]:
    rows = Parcel.objects.in_school(notice.school_id).filter(
        messages__message__notice=notice, withdrawn_at=None
    )
    return {parcel.guardian_id: parcel for parcel in rows.distinct() if parcel.guardian_id is not None}


def _on_paper_alone(known: Known) -> Known:
    """As if the school had no other way."""
    return replace(known, accounts={}, by_hand={Channel.PAPER: known.by_hand.get(Channel.PAPER, [])})


def _recipient(messages: Sequence[Message]) -> Recipient:
    return Recipient(messages[0].thread.guardian, tuple(message.thread.student for message in messages))


def _beside(
    notice: Notice,
    wanted: Mapping[int, Sequence[Message]],
    parcels: Mapping[int, Parcel],
    known: Known,
    now: datetime,
) -> int:
    """One more way of what is on its way, or came, already."""
    slips = []
    for pk, messages in wanted.items():
        parcel, recipient = parcels[pk], _recipient(messages)
        content = content_of(parcel, recipient)
        planned = plan_one(known, recipient, content, urgency=Urgency(parcel.urgency), start=now)
        if planned.not_reached is None:
            slips.append(delivery_of(parcel, planned, hold_until=_held(notice), now=now))
    Delivery.objects.bulk_create(slips)
    keep_codes(slips, now)
    return len(slips)


def _first(notice: Notice, wanted: Mapping[int, Sequence[Message]], known: Known, now: datetime) -> int:
    """For those whom nothing carried it to when it was sent."""
    school, author = notice.school, notice.by.actor()
    utterance = utterance_of(notice)
    pages = links_for(school, wanted)
    recipients = [_recipient(messages) for messages in wanted.values()]
    found = plan_for(
        school=school, recipients=recipients, utterance=utterance, by=author, now=now, pages=pages
    )
    planned = [
        plan_one(known, one.recipient, one.content, urgency=utterance.urgency, start=now) for one in found
    ]
    going = [one for one in planned if one.not_reached is None]
    parcels = dispatch(planned=going, by=author, urgency=utterance.urgency, hold_until=_held(notice))
    _reached(school, wanted, {parcel.guardian_id: parcel.pk for parcel in parcels})
    return len(parcels)


def _reached(
    school: School, wanted: Mapping[int, Sequence[Message]], parcels: Mapping[int | None, int]
) -> None:
    messages = [message for pk, mine in wanted.items() if pk in parcels for message in mine]
    join(school, messages, parcels_by_guardian=parcels)
    Unreached.objects.filter(message__in=messages).delete()


def _held(notice: Notice) -> datetime | None:
    return notice.sent_at + hold_of(notice) if notice.sent_at is not None else None
