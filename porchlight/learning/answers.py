"""What homes answer to our questions about an absence."""

from __future__ import annotations

from datetime import timedelta

from porchlight.conversations.alarm import sound
from porchlight.conversations.asking import Verdict, register_owner, register_taking_back
from porchlight.conversations.models import Answer
from porchlight.languages.phrases import say
from porchlight.learning.hearing import settle
from porchlight.learning.models import Absence, AbsenceQuestion, Asking, How, Why
from porchlight.learning.noting import Said, note, unsay
from porchlight.learning.telling import OWNER, REASONS, TOMORROW
from porchlight.schools.actors import school_itself


def apply(answer: Answer) -> Verdict:
    """Hears every answer; the same one twice changes nothing."""
    question = (
        AbsenceQuestion.objects.in_school(answer.school_id)
        .select_related("absence", "message", "thread__student", "thread__guardian", "thread__school")
        .filter(ask=answer.ask)
        .first()
    )
    if question is None or not answer.keys:
        return Verdict()
    {Asking.WHY: _why, Asking.DAY: _day, Asking.STAYS: _stays}[Asking(question.asking)](question, answer)
    question.settled_at = question.settled_at or answer.at
    question.save(update_fields=["settled_at"])
    return Verdict()


def _why(question: AbsenceQuestion, answer: Answer) -> None:
    """A reason; or nobody knew, which is no reason. Of a child who came after all nothing is written any more."""
    if question.absence is not None and question.absence.taken_off_at is not None:
        return
    phrase, why = REASONS[answer.keys[0]]
    if why is not None:
        _write(question, answer, why)
    elif question.ask.message is not None:
        school = question.thread.school
        sound(question.ask.message, now=answer.at, said=say(phrase, school.language, of=school))


def _day(question: AbsenceQuestion, answer: Answer) -> None:
    said_on = question.thread.school.local(question.message.said_at if question.message else answer.at).date()
    step = timedelta(days=1 if answer.keys[0] == TOMORROW else -1)
    question.first_day = question.last_day = said_on + step
    question.save(update_fields=["first_day", "last_day"])
    _write(question, answer, Why(question.why))


def _stays(question: AbsenceQuestion, answer: Answer) -> None:
    if answer.keys == ["yes"]:
        _write(question, answer, Why(question.why))


def _write(question: AbsenceQuestion, answer: Answer, why: Why) -> None:
    thread = question.thread
    said = Said(why, How.ANSWER, answer.at, answer.thread.guardian, answer.channel, question.message)
    note(
        student=thread.student,
        first=question.first_day,
        last=question.last_day,
        said=said,
        by=school_itself(thread.school),
    )
    if question.message is not None and question.message.settled_at is None:
        settle(question.message, answer.at)


def take_back(answer: Answer) -> None:
    """Nobody gave this answer: what it made of the list is unmade, and the question is open again."""
    question = (
        AbsenceQuestion.objects.in_school(answer.school_id)
        .select_related("absence", "message", "thread__student", "thread__school")
        .filter(ask=answer.ask, settled_at=answer.at)
        .first()
    )
    if question is None:
        return
    by = school_itself(question.thread.school)
    made = Absence.objects.in_school(answer.school_id).standing().filter(student=question.thread.student)
    for absence in made.filter(said_at=answer.at, how=How.ANSWER):
        unsay(absence, by=by, now=answer.at)
    if question.message is not None and question.message.settled_at == answer.at:
        question.message.settled_at = None
        question.message.save(update_fields=["settled_at"])
    question.settled_at = None
    question.save(update_fields=["settled_at"])


register_owner(OWNER, apply)
register_taking_back(OWNER, take_back)
