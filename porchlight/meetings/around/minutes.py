"""What was said and agreed, written down for both sides: told as a notice, read after signing in, put right by them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from porchlight.activity.record import record
from porchlight.conversations.saying import line, said_in_all
from porchlight.conversations.tell import NOTICE_HOLD, tell
from porchlight.conversations.translations import translations
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.families.models import Guardian
from porchlight.languages.provenance import RenderedVersion
from porchlight.meetings.arranging import may_be_told
from porchlight.meetings.hours.words import voice_of
from porchlight.meetings.models import Meeting, Minutes, SaidOfMinutes
from porchlight.meetings.reached import by_text_alone
from porchlight.schools.actors import Actor
from porchlight.schools.tiers import Tier


class Stands(Exception):
    """The family has read it: it stays as it is, and what is put right stands beside it."""


class NothingToTell(Exception):
    """Neither words nor a step were written down."""


@transaction.atomic
def write(meeting: Meeting, *, text: str, by: Actor, now: datetime) -> Minutes:
    """The colleagues in it may change the words until the family was told. Raises Stands."""
    row = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    if row is not None and row.sent_at is not None:
        raise Stands
    if row is None:
        row = Minutes(school_id=meeting.school_id, meeting=meeting)
    row.text, row.language = text, meeting.school.language
    row.written_by_id, row.written_at = by.post_id or 0, now
    row.save()
    record("meeting.minutes_written", about=row, by=by)
    return row


@transaction.atomic
def send(meeting: Meeting, *, by: Actor, now: datetime) -> Minutes:
    """Tell every adult of the meeting that it can be read; the words themselves wait behind the sign-in.

    What an engine may put into their language is asked for now. Twice changes nothing. Raises NothingToTell.
    """
    row = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    steps = list(meeting.steps.standing())
    if (row is None and not steps) or (row is not None and not row.text and not steps):
        raise NothingToTell
    if row is None:
        row = write(meeting, text="", by=by, now=now)
    if row.sent_at is not None:
        return row
    row.sent_at, row.sent_by_id = now, by.post_id
    row.save(update_fields=["sent_at", "sent_by"])
    record("meeting.minutes_sent", about=row, by=by)
    readers = _readers(meeting, now)
    for text, language in [(row.text, row.language), *((one.text, one.language) for one in steps)]:
        if text and readers:
            translations(meeting.school, Words(text, language, {}), readers, tier=Tier.L2, now=now, asks=True)
    path = reverse("meetings:my_meeting", args=[meeting.school.slug, meeting.key])
    words = line("meeting_minutes_told", child=meeting.student.short_name, link=f"{settings.BASE_URL}{path}")
    keys_alone, voice = (
        by_text_alone(one.guardian for one in readers),
        voice_of(meeting.sort, by, meeting.school),
    )
    for has_keys_alone, more in ((False, []), (True, [line("reply_call")])):
        those = [one for one in readers if (one.guardian.pk in keys_alone) == has_keys_alone]
        told = Utterance(words=said_in_all([words, *more], meeting.school))
        if those:
            tell(school=meeting.school, recipients=those, utterance=told, by=voice, now=now, hold=NOTICE_HOLD)
    return row


def _readers(meeting: Meeting, now: datetime) -> list[Recipient]:
    """Adults of the meeting who may still be told about the child."""
    allowed = may_be_told(meeting.student, now=now)
    seats = meeting.guests.select_related("guardian").order_by("pk")
    return [Recipient(seat.guardian, (meeting.student,)) for seat in seats if seat.guardian_id in allowed]


def read_by(
    text: str, language: str, reader: Guardian, meeting: Meeting, *, tier: Tier, now: datetime
) -> RenderedVersion:
    """Words as this adult reads them: in their language where somebody or something put them into it."""
    words = Words(text, language, {})
    who = [Recipient(reader, (meeting.student,))]
    found = translations(meeting.school, words, who, tier=tier, now=now, asks=False)
    return found.added_to(words).for_reader(reader.reading)


@transaction.atomic
def say_of(
    minutes: Minutes, *, text: str, language: str, by: Actor, now: datetime, heard_by: Guardian | None = None
) -> SaidOfMinutes:
    """It is right (no words), or what an adult remembers instead. Their words change nobody's; they stand beside.

    `heard_by`: the adult to whom a colleague, `by`, read it.
    """
    row = SaidOfMinutes.objects.create(
        school_id=minutes.school_id,
        minutes=minutes,
        guardian_id=heard_by.pk if heard_by is not None else by.post_id or 0,
        read_by_id=by.post_id if heard_by is not None else None,
        text=text,
        language=language,
        at=now,
    )
    record("meeting.minutes_said", about=minutes, by=by, agrees=not text)
    return row
