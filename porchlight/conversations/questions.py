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
from porchlight.conversations.utterance import HELD_BACK, Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.files.models import StoredFile
from porchlight.schools.actors import Actor


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the digit, and what it is called in each language; or a time, which each home reads in its own."""

    key: str
    labels: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None
    speaks: bool = False  # it wants words too: who presses it in a call is recorded at once

    def as_json(self) -> dict[str, Any]:
        """As the ask keeps it."""
        more: dict[str, Any] = {"at": self.at.isoformat()} if self.at is not None else {}
        if self.speaks:
            more["speaks"] = True
        return {"key": self.key, "labels": dict(self.labels), **more}


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
    travels: Words | None = None,
    read_out: StoredFile | None = None,
) -> Message:
    """Ask this adult about this child. The message's `ask` is the question; `owner` hears the answers.

    `travels`, `read_out`: as in `Utterance`.
    """
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
        utterance=Utterance(
            words=words, ask=ask, travels=travels, read_out=read_out, kind=HELD_BACK if travels else ""
        ),
        by=by,
        now=now,
        hold=hold,
    )
    ask.message = told.messages[0]
    ask.save()
    return told.messages[0]
