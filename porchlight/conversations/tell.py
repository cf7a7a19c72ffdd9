"""The one way to say something to homes: words into threads, parcels into the outbox, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.ask_codes import need_code
from porchlight.conversations.asking import spec_for
from porchlight.conversations.by_adult import by_adult
from porchlight.conversations.checking import must_be_checked
from porchlight.conversations.gathering import gather, hours_for
from porchlight.conversations.links import links_for
from porchlight.conversations.models import (
    Ask,
    Awaiting,
    Message,
    MessageParcel,
    Thread,
    Unreached,
)
from porchlight.conversations.on_errands import ask_for_the_unreached
from porchlight.conversations.sharing import partners_of
from porchlight.conversations.translations import NOTHING, translations
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words, fill
from porchlight.conversations.writing import class_names, write_messages
from porchlight.delivery.actions import dispatch, withdraw
from porchlight.delivery.content import AskSpec, Content, Enclosed, Recipient, Spoken, Urgency
from porchlight.delivery.models import Parcel
from porchlight.delivery.planning import Planned, plan
from porchlight.families.models import Guardian
from porchlight.files.models import StoredFile
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier

REPLY_HOLD = timedelta(seconds=5)  # how long a reply can be taken back
NOTICE_HOLD = timedelta(seconds=30)
URGENT_HOLD = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Told:
    """What telling came to: a message in each thread, and how each reader is to get it."""

    messages: tuple[Message, ...]
    planned: tuple[Planned, ...]


@transaction.atomic
def tell(
    *,
    school: School,
    recipients: Sequence[Recipient],
    utterance: Utterance,
    by: Actor,
    now: datetime,
    hold: timedelta = REPLY_HOLD,
) -> Told:
    """Say it in every recipient's threads and put a parcel for each in the outbox.

    Who cannot be reached still has the message in the thread, with an `Unreached` that says why. Nothing
    leaves before `hold` is over, nor before it is translated where an engine is asked: it is then `Awaiting`.
    """
    found = NOTHING
    if utterance.notice is None and utterance.sound is None:  # a notice has its versions before it comes here
        found = translations(school, utterance.words, recipients, tier=utterance.tier, now=now)
    matters = must_be_checked(kind=utterance.kind, tier=utterance.tier) and bool(found.by_machine)
    waits = bool(found.waiting or matters) and not utterance.urgent_reason and utterance.ask is None
    if matters and not waits and not utterance.urgent_reason:
        found = found.by_people()
    if not waits:
        utterance = replace(utterance, words=found.added_to(utterance.words))
    messages = write_messages(school, recipients, utterance, by, now)
    if waits:
        leaves = now + hold if hold > REPLY_HOLD else None
        Awaiting.objects.bulk_create(
            Awaiting(school=school, message=one, since=now, not_before=leaves) for one in messages
        )
        changed(school, Topic.TALK)
        return Told(tuple(messages), ())
    return carry_on(
        school=school,
        messages=messages,
        recipients=recipients,
        utterance=utterance,
        by=by,
        now=now,
        hold=hold,
    )


def carry_on(
    *,
    school: School,
    messages: Sequence[Message],
    recipients: Sequence[Recipient],
    utterance: Utterance,
    by: Actor,
    now: datetime,
    hold: timedelta,
) -> Told:
    """Put messages that stand in their threads into the outbox."""
    hours = hours_for(school, recipients, utterance, now)
    gather(school, messages, hours)
    recipients = [one for one in recipients if one.guardian.pk not in hours]
    at_once = by_adult(one for one in messages if one.thread.guardian_id not in hours)
    pages = links_for(school, at_once)
    planned = plan_for(school=school, recipients=recipients, utterance=utterance, by=by, now=now, pages=pages)
    parcels = dispatch(
        planned=[one for one in planned if one.not_reached is None],
        by=by,
        urgency=utterance.urgency,
        hold_until=now + hold,
    )
    join(school, messages, parcels_by_guardian={parcel.guardian_id: parcel.pk for parcel in parcels})
    _note_unreached(school, messages, planned)
    if utterance.urgency is Urgency.URGENT:
        ask_for_the_unreached(school, planned, now)
    changed(school, Topic.TALK)
    return Told(tuple(messages), tuple(planned))


def plan_for(
    *,
    school: School,
    recipients: Sequence[Recipient],
    utterance: Utterance,
    by: Actor,
    now: datetime,
    pages: Mapping[int, str] | None = None,
) -> list[Planned]:
    """How each recipient would get it, without writing anything: the preview and the sending share this.

    `pages` are paths by guardian id; a preview has none and shows where one would stand.
    """
    classes = class_names(school, [s for recipient in recipients for s in recipient.students], now)
    ask, (spoken, enclosed) = utterance.ask, _along(utterance)
    coded = need_code(ask, [one.guardian.pk for one in recipients], now)

    def content_for(recipient: Recipient) -> Content:
        guardian, version = recipient.guardian, utterance.said.for_reader(recipient.guardian.reading)
        return Content(
            text=fill(version.text, recipient, school=school, class_names=classes),
            language=version.language,
            tier=utterance.tier,
            subject=utterance.subject,
            ask=_spec(ask, version.language, guardian, school, coded),
            sender_name=by.name,
            student_names=tuple(student.short_name for student in recipient.students),
            page_path=(pages or {}).get(guardian.pk, ""),
            is_original=version.needs_mark(guardian.reading),
            is_by_machine=version.is_translated_by_machine,
            is_in_machine_letters=version.is_by_letters_alone,
            urgent_reason=utterance.urgent_reason,
            spoken=spoken,
            enclosed=enclosed,
            answer_by=ask.closes_at if ask is not None else None,
        )

    return plan(
        school=school, recipients=recipients, content_for=content_for, urgency=utterance.urgency, now=now
    )


def _spec(
    ask: Ask | None, language: str, guardian: Guardian, school: School, coded: Collection[int]
) -> AskSpec | None:
    """The question for one adult, times as they read them."""
    zone, hijri = guardian.zone(school.zone), guardian.hijri_days(school.hijri_days)
    return spec_for(ask, language, zone, needs_code=guardian.pk in coded, hijri=hijri)


def _along(utterance: Utterance) -> tuple[Spoken | None, Enclosed | None]:
    sound, file = utterance.sound or utterance.read_out, utterance.enclosed
    in_calls = utterance.sound is None
    return (
        Spoken(sound.path, sound.claimed_type, in_calls=in_calls) if sound is not None else None,
        Enclosed(file.path, file.seen_type) if file is not None else None,
    )


def join(
    school: School, messages: Sequence[Message], *, parcels_by_guardian: Mapping[int | None, int]
) -> None:
    """Say which parcel carries each message."""
    MessageParcel.objects.bulk_create(
        MessageParcel(
            school=school, message=message, parcel_id=parcels_by_guardian[message.thread.guardian_id]
        )
        for message in messages
        if message.thread.guardian_id in parcels_by_guardian
    )


def _note_unreached(school: School, messages: Sequence[Message], planned: Sequence[Planned]) -> None:
    reasons = {one.recipient.guardian.pk: one.not_reached for one in planned if one.not_reached is not None}
    Unreached.objects.bulk_create(
        Unreached(school=school, message=message, reason=reasons[message.thread.guardian_id])
        for message in messages
        if message.thread.guardian_id in reasons
    )


def reply(
    *,
    thread: Thread,
    text: str,
    language: str,
    by: Actor,
    now: datetime,
    kind: str = "",
    tier: Tier = Tier.L1,
    alone: bool = False,
    enclosed: StoredFile | None = None,
    not_before: datetime | None = None,
) -> Message:
    """Answer one home in its thread. It can be taken back for five seconds; or until `not_before`, when it leaves.

    Who shares the thread gets it too, each on their own channel in their own language; with `alone`, only whose
    thread it is. Returns the message in this thread.
    """
    told = tell(
        school=thread.school,
        recipients=[Recipient(thread.guardian, (thread.student,))] if alone else sharing(thread, now),
        utterance=Utterance(words=Words(text, language, {}), kind=kind, tier=tier, enclosed=enclosed),
        by=by,
        now=now,
        hold=max(REPLY_HOLD, not_before - now) if not_before is not None else REPLY_HOLD,
    )
    own = next(message for message in told.messages if message.thread_id == thread.pk)
    record("message.sent", about=own, by=by)
    return own


def sharing(thread: Thread, now: datetime) -> list[Recipient]:
    """Whose thread it is, and who shares it today."""
    today = thread.school.local(now).date()
    shared = partners_of(thread.guardian, thread.student, on=today)
    adults = [thread.guardian, *(partner.guardian for partner in shared)]
    return [Recipient(adult, (thread.student,)) for adult in adults]


@transaction.atomic
def take_back(message: Message, *, by: Actor, now: datetime) -> bool:
    """Undo a reply that has not left, in every thread it was said in.

    False when it has left, to any of them: then only a second message can put it right.
    """
    if message.undone_at is not None:
        return True
    copies = Message.objects.standing().filter(school_id=message.school_id)
    mine = copies.filter(together=message.together) if message.together else copies.filter(pk=message.pk)
    back = [_take_back_one(one, by=by, now=now) for one in mine.order_by("pk")]
    message.refresh_from_db(fields=["undone_at"])
    changed(message.school_id, Topic.TALK)
    return all(back)


def _take_back_one(message: Message, *, by: Actor, now: datetime) -> bool:
    parcels = Parcel.objects.filter(messages__message=message)
    if parcels.exists() and not withdraw(parcels):
        return False
    message.undone_at = now
    message.save(update_fields=["undone_at"])
    record("message.undone", about=message, by=by)
    return True
