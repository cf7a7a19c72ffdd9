"""Everyday notices go home no more often than each family wants: what is over waits for their hour, in one message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.conversations.by_adult import by_adult
from porchlight.conversations.digest import digest_for
from porchlight.conversations.links import links_for
from porchlight.conversations.models import ChosenDose, Gathered, Message, MessageParcel, Unreached
from porchlight.conversations.models.notices import TO_EVERYBODY
from porchlight.conversations.utterance import Utterance
from porchlight.delivery.actions import dispatch
from porchlight.delivery.content import Content, Recipient, Urgency
from porchlight.delivery.dose import A_WEEK, USUAL, next_touch
from porchlight.delivery.models import Parcel
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.planning import known_of, plan, right_missing
from porchlight.delivery.quiet import awake_at_home
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier

BEFORE_IT_CLOSES = timedelta(hours=24)  # a question is home by then, whatever the dose
FEW = 500


def hours_for(
    school: School, recipients: Sequence[Recipient], utterance: Utterance, now: datetime
) -> dict[int, datetime]:
    """By guardian id, when a notice goes home to those who are not to get it now.

    What is urgent or personal never waits, nor do words to chosen homes; a question that closes before does not either.
    """
    if utterance.notice is None or utterance.notice.audience["kind"] not in TO_EVERYBODY:
        return {}
    if utterance.urgency is Urgency.URGENT or utterance.tier > Tier.L1:
        return {}
    ids = {one.guardian.pk for one in recipients}
    touched, waiting, chosen = _touched(school, ids, now), _waiting(school, ids), _chosen(school, ids)
    closes_at = utterance.ask.closes_at if utterance.ask is not None else None
    found: dict[int, datetime] = {}
    for one in recipients:
        pk = one.guardian.pk
        at = waiting.get(pk)
        if at is None or at <= now:
            dose = chosen[pk].as_dose() if pk in chosen else USUAL
            at = next_touch(dose, touched[pk], now, one.guardian.zone(school.zone))
        at = awake_at_home(at, guardian=one.guardian, school=school) if at > now else at
        too_late = closes_at is not None and at > max(now, closes_at - BEFORE_IT_CLOSES)
        if at > now and not too_late:
            found[pk] = at
    return found


def gather(school: School, messages: Iterable[Message], hours: Mapping[int, datetime]) -> None:
    """Write down which of these wait, and until when."""
    Gathered.objects.bulk_create(
        Gathered(school=school, message=message, goes_at=hours[message.thread.guardian_id])
        for message in messages
        if message.thread.guardian_id in hours
    )


@transaction.atomic
def send_gathered(*, school: School, now: datetime) -> int:
    """One message to each adult whose hour has come, with all that waits for them. Returns how many."""
    due = Gathered.objects.in_school(school).due(now).select_for_update(of=("self",))
    rows = due.select_related("message__thread__guardian", "message__thread__student", "message__notice__by")
    by_guardian = by_adult(row.message for row in rows.order_by("message__said_at", "message__pk"))
    if not by_guardian:
        return 0
    gathered = [message.pk for messages in by_guardian.values() for message in messages]
    Gathered.objects.filter(message__in=gathered).update(gone_at=now)
    return _sent(school, _with_right(school, by_guardian, now), now)


def _with_right(
    school: School, by_guardian: Mapping[int, list[Message]], now: datetime
) -> dict[int, list[Message]]:
    """Without what is about a child of whom the adult may not hear any more."""
    known = known_of(school, set(by_guardian), on=school.local(now).date())
    found: dict[int, list[Message]] = {}
    for pk, messages in by_guardian.items():
        for message in messages:
            thread = message.thread
            if right_missing(known, Recipient(thread.guardian, (thread.student,))) is None:
                found.setdefault(pk, []).append(message)
    return found


def _sent(school: School, by_guardian: Mapping[int, list[Message]], now: datetime) -> int:
    pages = links_for(school, by_guardian)
    contents = digest_for(school, by_guardian, pages, now)
    recipients = [
        Recipient(
            messages[0].thread.guardian,
            tuple({message.thread.student_id: message.thread.student for message in messages}.values()),
        )
        for messages in by_guardian.values()
    ]

    def content_for(recipient: Recipient) -> Content:
        return contents[recipient.guardian.pk]

    planned = plan(
        school=school, recipients=recipients, content_for=content_for, urgency=Urgency.ORDINARY, now=now
    )
    going = [one for one in planned if one.not_reached is None]
    parcels = dispatch(planned=going, by=system(school.pk), urgency=Urgency.ORDINARY)
    by_parcel = {parcel.guardian_id or 0: parcel.pk for parcel in parcels}
    MessageParcel.objects.bulk_create(
        MessageParcel(school=school, message=message, parcel_id=by_parcel[pk])
        for pk, messages in by_guardian.items()
        if pk in by_parcel
        for message in messages
    )
    why = {one.recipient.guardian.pk: one.not_reached or NotReached.NO_ADDRESS for one in planned}
    Unreached.objects.bulk_create(
        Unreached(school=school, message=message, reason=why[pk])
        for pk, messages in by_guardian.items()
        if pk not in by_parcel
        for message in messages
    )
    return len(parcels)


def _touched(school: School, guardians: set[int], now: datetime) -> dict[int, list[datetime]]:
    """When each was last sent everyday notices: the parcels of the seven days before, and what is on its way."""
    rows = Parcel.objects.in_school(school).filter(
        urgency=Urgency.ORDINARY,
        service_kind="",
        withdrawn_at=None,
        created_at__gt=now - A_WEEK,
        messages__message__notice__audience__kind__in=TO_EVERYBODY,
    )
    rows = rows.filter(guardian__in=guardians) if len(guardians) <= FEW else rows
    found: dict[int, list[datetime]] = defaultdict(list)
    for guardian, _pk, created in rows.values_list("guardian", "pk", "created_at").distinct():
        found[guardian or 0].append(created)
    return found


def _waiting(school: School, guardians: set[int]) -> dict[int, datetime]:
    """When what is gathered already leaves, by guardian id: one message takes all of it."""
    rows = Gathered.objects.in_school(school).waiting().filter(message__thread__guardian__in=guardians)
    return dict(rows.order_by("-goes_at").values_list("message__thread__guardian", "goes_at"))


def _chosen(school: School, guardians: set[int]) -> dict[int, ChosenDose]:
    return {
        row.guardian_id: row for row in ChosenDose.objects.in_school(school).filter(guardian__in=guardians)
    }
