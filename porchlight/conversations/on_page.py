"""What a family says on a page of ours: the same hearing as on any other channel, at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.answering import keep_answer, threads_of
from porchlight.conversations.heard import Words, hear_in_thread
from porchlight.conversations.models import Answer, Ask, Message, Thread
from porchlight.conversations.reading import Given
from porchlight.families.models import Guardian
from porchlight.files.models import StoredFile
from porchlight.schools.actors import Actor


class AskClosedError(ValueError):
    """The question is closed; what they wished to say can go as a message."""


@transaction.atomic
def answer_ask(
    *,
    ask: Ask,
    guardian: Guardian,
    given: Given,
    by: Actor,
    now: datetime,
    sound: StoredFile | None = None,
) -> Sequence[Answer]:
    """Keep an answer given on a page; a recording stands in the thread too. Raises AskClosedError."""
    if not ask.is_open(now):
        raise AskClosedError
    threads, spoken = threads_of(ask, [guardian]), None
    if sound is not None and threads:
        spoken = hear_in_thread(thread=threads[0], words=Words(given.text, channel="", at=now), sound=sound)
    answers = keep_answer(ask=ask, threads=threads, given=given, now=now, spoken=spoken)
    for answer in answers:
        record("ask.answered", about=answer, by=by)
    return answers


@transaction.atomic
def write_back(*, thread: Thread, text: str, by: Actor, now: datetime) -> Message:
    """Words a family wrote on a page."""
    message = hear_in_thread(thread=thread, words=Words(text=text, channel="", at=now))
    record("message.heard", about=message, by=by)
    return message
