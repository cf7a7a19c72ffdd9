"""A family tells a colleague its answer, on the telephone or at the gate, and the colleague types it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from porchlight.activity.record import record
from porchlight.conversations.answering import keep_answer, threads_of
from porchlight.conversations.models import Answer, Ask, Message
from porchlight.conversations.models.asks import SIGNED
from porchlight.conversations.on_page import AskClosedError
from porchlight.conversations.reading import Given
from porchlight.conversations.utterance import HELD_BACK
from porchlight.families.models import Channel, Guardian, Guardianship
from porchlight.schools.actors import Actor


def open_to(tie: Guardianship, *, actor: Actor, now: datetime) -> list[tuple[Ask, Message, Answer | None]]:
    """What this adult was asked about this child and can still answer, the newest first; with what counts now.

    Never whether words that were held back are right: nobody says that in a family's place who did not read them out.
    """
    asks = Ask.objects.visible_to(actor).put_to(tie.guardian).open(now=now)
    said = Message.objects.visible_to(actor).standing().exclude(kind=HELD_BACK)
    said = said.filter(thread__guardian=tie.guardian_id, thread__student=tie.student_id)
    found = []
    for ask in asks:
        mine = said.filter(notice=ask.notice_id) if ask.notice_id else said.filter(ask=ask)
        message = mine.select_related("thread__student", "notice").first()
        if message is not None:
            answers = Answer.objects.visible_to(actor).counting().filter(ask=ask, thread=message.thread_id)
            found.append((ask, message, answers.select_related("typed_by").first()))
    return found


@transaction.atomic
def answer_for(*, ask: Ask, guardian: Guardian, given: Given, by: Actor, now: datetime) -> Sequence[Answer]:
    """Keep what they said, with who typed it. Raises AskClosedError."""
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("A colleague types it, by name.")
    if not ask.is_open(now):
        raise AskClosedError
    if given.keys and given.keys != (SIGNED,):  # a signature is the name itself
        given = replace(given, text=_("Said to a colleague"))
    answers = keep_answer(
        ask=ask,
        threads=threads_of(ask, [guardian]),
        given=given,
        now=now,
        channel=Channel.VOICE,
        typed_by_id=by.post_id,
    )
    for answer in answers:
        record("ask.answered", about=answer, by=by)
    return answers
