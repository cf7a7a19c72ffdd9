"""Asking a family whether a time suits, on whatever channel they have, and hearing what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.conversations.asking import Verdict, register_owner
from porchlight.conversations.models import Answer, Message, Shape
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import Option, put_question
from porchlight.conversations.saying import in_each_language
from porchlight.conversations.wording import Words
from porchlight.languages.phrases import say as phrase
from porchlight.meetings.arranging import say_all
from porchlight.meetings.models import GuestSeat, Whether, Word
from porchlight.schools.actors import Actor

OWNER = "meetings.whether"
STRAIGHT_AWAY = timedelta()
WORDS = {"1": Word.YES, "2": Word.ANOTHER, "3": Word.CANNOT}


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
    return ask_whether_all([seat], words, closes_at=closes_at, by=by, now=now, hold=hold)


@transaction.atomic
def ask_whether_all(
    seats: Sequence[GuestSeat],
    words: Words,
    *,
    closes_at: datetime,
    by: Actor,
    now: datetime,
    hold: timedelta = STRAIGHT_AWAY,
) -> Message:
    """One question about all these times of one adult: what they answer is said to each. The first child's thread."""
    first = seats[0]
    thread = thread_between(first.guardian, first.meeting.student)
    school = thread.school
    options = [Option(key, in_each_language(f"meeting_{word}", school)) for key, word in WORDS.items()]
    message = put_question(
        thread, words, Shape.CHOOSE_ONE, options, owner=OWNER, closes_at=closes_at, by=by, now=now, hold=hold
    )
    Whether.objects.bulk_create(
        Whether(school_id=first.school_id, ask=message.ask, seat=seat, revision=seat.meeting.revision)
        for seat in seats
    )
    return message


def apply(answer: Answer) -> Verdict:
    """Hears every answer; the same one twice changes nothing. To times that have all moved it is kindly refused."""
    asked = list(
        Whether.objects.in_school(answer.school_id)
        .select_related("seat__meeting", "seat__guardian")
        .filter(ask=answer.ask)
        .order_by("seat__meeting__starts_at", "pk")
    )
    if not asked or not answer.keys:
        return Verdict()
    word = WORDS[answer.keys[0]]
    unheard = [one for one in asked if (one.seat.word, one.seat.said_at) != (word, answer.at)]
    if not unheard:
        return Verdict()
    standing = [
        one.seat for one in unheard if one.seat.meeting.is_on and one.seat.meeting.revision == one.revision
    ]
    if not standing:
        is_on = any(one.seat.meeting.is_on for one in asked)
        name = "meeting_has_moved" if is_on else "meeting_is_off"
        adult = asked[0].seat.guardian
        return Verdict(accepted=False, words=phrase(name, adult.reading, of=adult.school))
    say_all(standing, word, by=standing[0].guardian.actor(), now=answer.at)
    return Verdict()


register_owner(OWNER, apply)
