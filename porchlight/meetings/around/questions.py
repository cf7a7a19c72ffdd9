"""Open questions before a meeting, to both sides: a few of ours in every language, and people's own."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.asking import Verdict, register_owner
from porchlight.conversations.models import Answer, Shape
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import put_question
from porchlight.conversations.saying import line, said_in_all
from porchlight.conversations.wording import Words
from porchlight.meetings.models import (
    AskedBefore,
    GuestSeat,
    Meeting,
    OpenAnswer,
    OpenQuestion,
    Side,
    Sort,
)
from porchlight.schools.actors import Actor, Kind

OWNER = "meetings.before"
HOLD = timedelta(seconds=30)
TO_HOME = (
    "meeting_q_at_home",
    "meeting_q_good",
    "meeting_q_worry",
    "meeting_q_wish",
)
TO_SCHOOL = ("meeting_q_does_well", "meeting_q_help", "meeting_q_next")
SHIPPED = {Side.HOME: TO_HOME, Side.SCHOOL: TO_SCHOOL}


class Closed(Exception):
    """The meeting is off."""


def words_of(question: OpenQuestion, meeting: Meeting) -> Words:
    """As it was written; one of ours in every language, with the child's name."""
    if question.shipped:
        return said_in_all([line(question.shipped, child=meeting.student.short_name)], meeting.school)
    return Words(question.text, question.language, {})


@transaction.atomic
def put(
    meeting: Meeting, *, to: Side, by: Actor, now: datetime, language: str, shipped: str = "", text: str = ""
) -> OpenQuestion:
    """One question. To the family, it goes to the phones of those who have not said that they cannot come.

    Of counselling nothing goes to a phone. The same one of ours is put once. Raises Closed.
    """
    if not meeting.is_on:
        raise Closed
    if shipped:
        before = OpenQuestion.objects.filter(meeting=meeting, to=to, shipped=shipped).first()
        if before is not None:
            return before
    question = OpenQuestion.objects.create(
        school_id=meeting.school_id,
        meeting=meeting,
        to=to,
        shipped=shipped,
        text="" if shipped else text,
        language=language,
        staff_id=by.post_id if by.is_staff else None,
        guardian_id=by.post_id if by.kind is Kind.GUARDIAN else None,
        put_at=now,
    )
    record("meeting.question", about=question, by=by, to=str(to))
    if to == Side.HOME and by.is_staff and meeting.sort != Sort.COUNSELLING and now < meeting.starts_at:
        for seat in meeting.guests.exclude(word="cannot").select_related("guardian"):
            _to_phone(question, seat, meeting, by, now)
    return question


def _to_phone(question: OpenQuestion, seat: GuestSeat, meeting: Meeting, by: Actor, now: datetime) -> None:
    lead = line("meeting_before", child=meeting.student.short_name)
    words = said_in_all([lead, line("", words=words_of(question, meeting))], meeting.school)
    thread = thread_between(seat.guardian, meeting.student)
    message = put_question(
        thread, words, Shape.SHORT_TEXT, owner=OWNER, closes_at=meeting.starts_at, by=by, now=now, hold=HOLD
    )
    AskedBefore.objects.create(school_id=meeting.school_id, question=question, seat=seat, ask=message.ask)


@transaction.atomic
def answer(question: OpenQuestion, *, text: str, language: str, by: Actor, now: datetime) -> OpenAnswer:
    """What somebody of the side it is for says to it. Everything is kept."""
    row = OpenAnswer.objects.create(
        school_id=question.school_id,
        question=question,
        text=text,
        language=language,
        staff_id=by.post_id if by.is_staff else None,
        guardian_id=by.post_id if by.kind is Kind.GUARDIAN else None,
        at=now,
    )
    record("meeting.question_answered", about=question, by=by)
    return row


def hear(said: Answer) -> Verdict:
    """From their phone; the same one twice changes nothing."""
    asked = (
        AskedBefore.objects.in_school(said.school_id)
        .filter(ask=said.ask)
        .select_related("question", "seat__guardian")
        .first()
    )
    if asked is None or not said.text.strip():
        return Verdict()
    adult = asked.seat.guardian
    if not asked.question.answers.filter(guardian=adult, at=said.at).exists():
        answer(asked.question, text=said.text, language=adult.reading, by=adult.actor(), now=said.at)
    return Verdict()


register_owner(OWNER, hear)
