"""A spoken answer: somebody at school says it, and the home hears it on its own channel."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.models import Message, Thread
from porchlight.conversations.tell import sharing, tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.files.speaking import keep_spoken
from porchlight.languages.phrases import languages, saying
from porchlight.languages.provenance import Version
from porchlight.schools.actors import Actor
from porchlight.toolbox.keys import random_key


@transaction.atomic
def speak(*, thread: Thread, content: BinaryIO, size: int, by: Actor, now: datetime) -> Message:
    """Answer one home aloud, in its thread and in those that share it. Raises NotASound, TooLong.

    Where no sound can go, as in a text, the words say that a recording waits, with the page that plays it.
    """
    school = thread.school
    sound = keep_spoken(school=school, source=f"spoken:{random_key()}", content=content, size=size)
    told = tell(
        school=school,
        recipients=sharing(thread, now),
        utterance=Utterance(words=_words(school.language, by.name), sound=sound),
        by=by,
        now=now,
    )
    own = next(message for message in told.messages if message.thread_id == thread.pk)
    record("message.spoken", about=own, by=by)
    return own


def _words(language: str, name: str) -> Words:
    """That a recording waits, in every language we speak."""

    def version(tag: str) -> Version:
        said = saying("voice_answer", tag, sender=name)
        return Version(said.text, said.language, said.provenance)

    own = version(language)
    return Words(own.text, own.language, {tag: version(tag) for tag in languages()})
