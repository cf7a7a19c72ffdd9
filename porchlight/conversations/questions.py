"""A question to one home in its thread, for rooms above that own what its answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from porchlight.conversations.ask_codes import new_code
from porchlight.conversations.models import Ask, Message, Shape, Thread
from porchlight.conversations.tell import REPLY_HOLD, tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.schools.actors import Actor


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the digit, and what it is called in each language; or a time, which each home reads in its own."""

    key: str
    labels: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """As the ask keeps it."""
        when = {"at": self.at.isoformat()} if self.at is not None else {}
        return {"key": self.key, "labels": dict(self.labels), **when}


@transaction.atomic
def put_question(
    thread: Thread,
    words: Words,
    shape: Shape,
    options: Sequence[Option] = (),
    *,
    owner: str,
    closes_at: datetime,
    by: Actor,
    now: datetime,
    hold: timedelta = REPLY_HOLD,
) -> Message:
    """Ask this adult about this child. The message's `ask` is the question; `owner` hears the answers."""
    ask = Ask(
        school_id=thread.school_id,
        shape=shape,
        options=[option.as_json() for option in options],
        owner=owner,
        code=new_code(thread.school_id),
        closes_at=closes_at,
        created_at=now,
    )
    told = tell(
        school=thread.school,
        recipients=[Recipient(thread.guardian, (thread.student,))],
        utterance=Utterance(words=words, ask=ask),
        by=by,
        now=now,
        hold=hold,
    )
    ask.message = told.messages[0]
    ask.save()
    return told.messages[0]
