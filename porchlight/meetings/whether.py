"""Asking a family whether a time suits, on whatever channel they have, and hearing what they say."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from porchlight.conversations.asking import Verdict, register_owner
from porchlight.conversations.models import Answer, Message, Shape
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.wording import Words
from porchlight.languages.phrases import languages
from porchlight.languages.phrases import say as phrase
from porchlight.meetings.arranging import say
from porchlight.meetings.models import GuestSeat, Whether, Word
from porchlight.schools.actors import Actor

OWNER = "meetings.whether"
STRAIGHT_AWAY = timedelta()
WORDS = {"1": Word.YES, "2": Word.ANOTHER, "3": Word.CANNOT}


@transaction.atomic
def ask_whether(
    seat: GuestSeat,
    words: Words,
    *,
    closes_at: datetime,
    by: Actor,
    now: datetime,
    hold: timedelta = STRAIGHT_AWAY,
) -> Message:
    """Say a time and ask: yes, another time, cannot. `words` say when, where and with whom."""
    meeting = seat.meeting
    thread = thread_between(seat.guardian, meeting.student)
    options = [
        Option(key, {tag: phrase(f"meeting_{word}", tag) for tag in languages()})
        for key, word in WORDS.items()
    ]
    message = put_question(
        thread, words, Shape.CHOOSE_ONE, options, owner=OWNER, closes_at=closes_at, by=by, now=now, hold=hold
    )
    Whether.objects.create(school_id=meeting.school_id, ask=message.ask, seat=seat, revision=meeting.revision)
    return message


def apply(answer: Answer) -> Verdict:
    """Hears every answer; the same one twice changes nothing. To a time that has moved it is kindly refused."""
    asked = (
        Whether.objects.in_school(answer.school_id)
        .select_related("seat__meeting", "seat__guardian")
        .filter(ask=answer.ask)
        .first()
    )
    if asked is None or not answer.keys:
        return Verdict()
    meeting, seat = asked.seat.meeting, asked.seat
    if not meeting.is_on or meeting.revision != asked.revision:
        name = "meeting_has_moved" if meeting.is_on else "meeting_is_off"
        return Verdict(accepted=False, words=phrase(name, seat.guardian.reading))
    word = WORDS[answer.keys[0]]
    if (seat.word, seat.said_at) != (word, answer.at):
        say(seat, word, by=seat.guardian.actor(), now=answer.at)
    return Verdict()


register_owner(OWNER, apply)
