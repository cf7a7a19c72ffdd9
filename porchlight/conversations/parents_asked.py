"""The office asks a parent to read translations: a message that they answer with yes or no, on whatever they have."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from porchlight.conversations.asking import Verdict
from porchlight.conversations.models import Answer, Shape
from porchlight.conversations.placing import thread_between
from porchlight.conversations.questions import put_question
from porchlight.conversations.saying import line, said_in_all
from porchlight.conversations.tell import NOTICE_HOLD
from porchlight.families.models import Guardian, Guardianship
from porchlight.languages.models import EndedHow, ParentReader
from porchlight.languages.volunteering import end, invite, offer
from porchlight.schools.actors import Actor, school_itself
from porchlight.toolbox.scripts import autonym

OWNER = "conversations.reader"
OPEN_FOR = timedelta(days=14)


@transaction.atomic
def ask_parent(guardian: Guardian, *, by: Actor, now: datetime) -> ParentReader:
    """Ask; it is the office's yes as well. Of whom no child is known to be theirs, the page alone asks."""
    row = invite(guardian=guardian, language=guardian.speaks, by=by, now=now)
    ties = Guardianship.objects.in_school(guardian.school_id).filter(guardian=guardian).own()
    today = guardian.school.local(now).date()
    tie = ties.current(on=today).receiving(on=today).select_related("student").order_by("pk").first()
    if tie is not None:
        words = said_in_all([line("reader_asked", written_in=autonym(row.language))], guardian.school)
        put_question(
            thread_between(guardian, tie.student), words, Shape.YES_NO,
            owner=OWNER, closes_at=now + OPEN_FOR, by=school_itself(guardian.school), now=now, hold=NOTICE_HOLD,
        )  # fmt: skip
    return row


def apply(answer: Answer) -> Verdict:
    """Yes, and they can begin; no, and nobody asks again about this language. They may say otherwise later."""
    message = answer.ask.message
    if message is None or message.thread_id != answer.thread_id:
        return Verdict()
    guardian = message.thread.guardian
    rows = ParentReader.objects.in_school(answer.school_id).standing().filter(guardian=guardian)
    for row in rows.filter(asked_by__isnull=False).select_related("guardian"):
        if answer.keys == ["yes"]:
            offer(
                guardian=guardian, language=row.language, notices=row.takes_notices, words=row.takes_words,
                phrases=row.takes_phrases, named=row.is_named, by=guardian.actor(), now=answer.at,
            )  # fmt: skip
        elif answer.keys == ["no"]:
            end(row, how=EndedHow.PARENT, by=guardian.actor(), now=answer.at)
    return Verdict()
