"""A home writes that a child stays away: the list has it, and the home reads that we know. What is unclear is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from porchlight.conversations.heard import for_a_person
from porchlight.conversations.listeners import on_heard, on_said
from porchlight.conversations.models import Author, Message, Thread, TriageReason
from porchlight.conversations.placing import thread_between
from porchlight.families.models import Guardianship, Student
from porchlight.languages.absence import Away, absence_in
from porchlight.learning.days import Span, span_of
from porchlight.learning.models import Absence, AbsenceQuestion, Asking, How, Why
from porchlight.learning.noting import Said, in_turn, note
from porchlight.learning.telling import ask_back, thank
from porchlight.schools.actors import school_itself
from porchlight.toolbox import school_time


@on_said
def heard(message: Message) -> None:
    """Every message of a home passes here as it finds its thread."""
    if message.author == Author.GUARDIAN and not message.kind:
        take_up(message, message.text, how=How.WORDS, now=school_time.now())


@on_heard
def listened_to(message: Message, text: str) -> None:
    """A voice note says it, and somebody who knows the language has written down what."""
    take_up(message, text, how=How.VOICE, now=school_time.now())


@transaction.atomic
def take_up(message: Message, text: str, *, how: How, now: datetime) -> None:
    """What these words, written or heard in a voice note, say of an absence; nothing where they say none."""
    thread = message.thread
    children = _children(thread)
    away = absence_in(text, [child.short_name for child in children], thread.guardian.reading)
    if away is None:
        return
    meant = _meant(away, thread, children)
    in_turn(meant)
    for child in meant:
        _one(away, thread_between(thread.guardian, child), message, how, now)


def _children(thread: Thread) -> list[Student]:
    """Whom this adult may speak of; the thread's own child first."""
    today = thread.school.local(school_time.now()).date()
    ties = Guardianship.objects.in_school(thread.school_id).current(on=today).receiving(on=today)
    others = ties.filter(guardian=thread.guardian_id).exclude(student=thread.student_id)
    return [thread.student, *(tie.student for tie in others.select_related("student").order_by("pk"))]


def _meant(away: Away, thread: Thread, children: Sequence[Student]) -> Sequence[Student]:
    named = [child for child in children if child.short_name in away.names]
    if named:
        return named
    return children if away.of_all else [thread.student]


def _one(away: Away, thread: Thread, message: Message, how: How, now: datetime) -> None:
    school = thread.school
    if away.days.is_far:
        for_a_person(message, TriageReason.ABSENCE_UNCLEAR)
        return
    span = span_of(away.days, school=school, said_at=message.said_at, past=away.past)
    if span is None:
        return
    missed = _missed(thread, span)
    if away.past:
        if missed is not None:
            _written(away, thread, message, span, how, now)
    elif away.days.is_kal and not (missed and away.days.first is None):
        _ask(Asking.DAY, away, thread, message, span, now)
    elif (away.sure and span.certain) or missed is not None:
        _written(away, thread, message, span, how, now)
    else:
        _ask(Asking.STAYS, away, thread, message, span, now)


def _missed(thread: Thread, span: Span) -> Absence | None:
    """Somebody missed the child on these days and nobody has said why: that is what the words are about."""
    rows = Absence.objects.in_school(thread.school_id).filter(student=thread.student)
    return rows.between(span.first, span.last).unexplained().first()


def _written(away: Away, thread: Thread, message: Message, span: Span, how: How, now: datetime) -> None:
    said = Said(Why(away.why), how, message.said_at, thread.guardian, message.channel, message)
    note(student=thread.student, first=span.first, last=span.last, said=said, by=school_itself(thread.school))
    thank(thread, said.why, span.first, span.last, past=away.past, now=now)
    if not away.says_more:
        settle(message, now)


def _ask(asking: Asking, away: Away, thread: Thread, message: Message, span: Span, now: datetime) -> None:
    """Once; words that leave the same question open are for a person."""
    asked = AbsenceQuestion.objects.in_school(thread.school_id).waiting().filter(thread=thread)
    if asked.exclude(asking=Asking.WHY).exists():
        for_a_person(message, TriageReason.ABSENCE_UNCLEAR)
        return
    ask_back(thread, message, asking=asking, why=Why(away.why), first=span.first, last=span.last, now=now)


def settle(message: Message, now: datetime) -> None:
    """It is on the list and said back: no person has to answer it."""
    message.settled_at = now
    message.save(update_fields=["settled_at"])
