"""A spoken answer: somebody at school says it, and the home hears it on its own channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.models import Message, Thread
from porchlight.conversations.tell import sharing, tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.files.speaking import keep_spoken
from porchlight.languages.phrases import languages, saying
from porchlight.languages.provenance import Version
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox.keys import random_key


@transaction.atomic
def speak(*, thread: Thread, content: BinaryIO, size: int, by: Actor, now: datetime) -> Message:
    """Answer one home aloud, in its thread and in those that share it. Raises NotASound, TooLong.

    Where no sound can go, as in a text, the words say that a recording waits, with the page that plays it.
    """
    told = say_aloud(
        school=thread.school, recipients=sharing(thread, now), content=content, size=size, by=by, now=now
    )
    own = next(message for message in told if message.thread_id == thread.pk)
    record("message.spoken", about=own, by=by)
    return own


def say_aloud(
    *,
    school: School,
    recipients: Sequence[Recipient],
    content: BinaryIO,
    size: int,
    by: Actor,
    now: datetime,
    kind: str = "",
) -> tuple[Message, ...]:
    """The same recording to each of these adults. Raises NotASound, TooLong."""
    sound = keep_spoken(school=school, source=f"spoken:{random_key()}", content=content, size=size)
    utterance = Utterance(words=words_for_sound(school, by.name), kind=kind, sound=sound)
    return tell(school=school, recipients=recipients, utterance=utterance, by=by, now=now).messages


def words_for_sound(school: School, name: str) -> Words:
    """That a recording waits, in every language we speak."""

    def version(tag: str) -> Version:
        said = saying("voice_answer", tag, of=school, sender=name)
        return Version(said.text, said.language, said.provenance)

    own = version(school.language)
    return Words(own.text, own.language, {tag: version(tag) for tag in languages()})
