"""What families answer about a visit on their phones, and what they are asked next."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.conversations.asking import Verdict, register_owner
from porchlight.conversations.models import Answer
from porchlight.languages.phrases import say as phrase
from porchlight.meetings.models import Asking, Visit, VisitAsk, Welcome, Where, Word
from porchlight.meetings.visits import asking, note_answers, welcoming
from porchlight.meetings.visits.rules import ASKED_AGAIN_AFTER, NEVER, may_be_told
from porchlight.schools.actors import Actor

WAITS = {"1": ASKED_AGAIN_AFTER, "2": timedelta(days=182)}
TO_THE_DAY = {"1": Word.YES, "2": Word.ANOTHER}


def apply(answer: Answer) -> Verdict:
    """Hears every answer; the same one twice changes nothing. Of what is over, or may not be any more, it is kindly
    refused.
    """
    question = (
        VisitAsk.objects.in_school(answer.school_id)
        .select_related("ask", "visit__student__school", "visit__guardian", "visit__staff", "visit__meeting")
        .filter(ask=answer.ask)
        .first()
    )
    if question is None or not answer.keys:
        return Verdict()
    visit, now = question.visit, answer.at
    if visit.stopped_at is not None or not may_be_told(visit.guardian, visit.student, now):
        return Verdict(
            accepted=False, words=phrase("meeting_is_off", visit.guardian.reading, of=visit.student.school)
        )
    by = visit.guardian.actor()
    if question.asking == Asking.NOTE:
        return note_answers.answered(question, answer)
    if question.asking == Asking.WHETHER:
        _whether(visit, asking.WELCOMES[answer.keys[0]], answer.channel, by, now)
    elif question.asking == Asking.WHERE:
        _where(visit, asking.ANYWHERE[answer.keys[0]], by, now)
    elif question.asking == Asking.WHEN:
        _when(visit, question, answer.keys, by, now)
    elif question.asking == Asking.LATER:
        _later(visit, answer.keys[0], by, now)
    else:
        return _suits(visit, question, answer.keys[0], by, now)
    return Verdict()


def _whether(visit: Visit, word: Welcome, channel: str, by: Actor, now: datetime) -> None:
    if (visit.word, visit.said_at) != (word, now):
        visit = welcoming.welcome(visit, word, by=by, now=now, channel=channel)
    if word == Welcome.HOME:
        _next(visit, Asking.WHEN, now)
    elif word == Welcome.ELSEWHERE:
        _next(visit, Asking.WHERE, now)
    elif word == Welcome.LATER:
        _next(visit, Asking.LATER, now)


def _where(visit: Visit, place: Where, by: Actor, now: datetime) -> None:
    welcoming.choose_place(visit, place, by=by, now=now)
    _next(visit, Asking.WHEN, now)


def _when(visit: Visit, question: VisitAsk, keys: list[str], by: Actor, now: datetime) -> None:
    at = [datetime.fromisoformat(one["at"]) for one in question.ask.options if one["key"] in keys]
    if at:
        welcoming.choose_times(visit, at, by=by, now=now)


def _later(visit: Visit, key: str, by: Actor, now: datetime) -> None:
    today = visit.student.school.local(now).date()
    day = today + WAITS[key] if key in WAITS else NEVER
    if visit.word == Welcome.LATER and visit.ask_from != day:
        welcoming.ask_again_from(visit, day, by=by)


def _suits(visit: Visit, question: VisitAsk, key: str, by: Actor, now: datetime) -> Verdict:
    """About the day they were told of; another one since is asked about anew."""
    word = TO_THE_DAY.get(key)
    if word is None:
        _whether(visit, Welcome.LATER, "", by, now)
        return Verdict()
    meeting = visit.meeting
    if meeting is None or not meeting.is_on or meeting.revision != question.revision:
        return Verdict(
            accepted=False, words=phrase("meeting_is_off", visit.guardian.reading, of=visit.student.school)
        )
    welcoming.suits(visit, word, by=by, now=now)
    return Verdict()


def _next(visit: Visit, what: Asking, now: datetime) -> None:
    """Ask on, once for each answer: it may be heard twice."""
    if visit.questions.filter(asking=what, asked_at__gte=now).exists():
        return
    if what == Asking.WHEN:
        asking.ask_when(visit, now=now)
    elif what == Asking.WHERE:
        asking.ask_where(visit, now=now)
    else:
        asking.ask_later(visit, now=now)


register_owner(asking.OWNER, apply)
