"""Who waits for an answer goes on waiting until somebody answers them, and nobody else."""

from __future__ import annotations

from datetime import timedelta

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.hearing import Words, hear
from porchlight.conversations.models import Message
from porchlight.conversations.notices import Draft, release, write
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests.cast import TUESDAY

LATER = TUESDAY + timedelta(hours=1)


def asks(town: Town) -> None:
    words = Words(text="Hamza ko kitab mil gayi", channel="sms", at=TUESDAY, sender=town.yousaf.address.value)
    hear(school=town.school, address=town.yousaf.address, words=words, now=TUESDAY)


def waiting() -> list[str]:
    return list(Message.objects.waiting().values_list("text", flat=True))


def test_an_announcement_to_the_class_answers_nobody(town: Town) -> None:
    asks(town)
    by = town.amal.actor()
    draft = Draft("Picture day is on Friday.", "en", Audience(AudienceKind.CLASSES, (town.class_4a.key,)))
    release(write(draft, school=town.school, by=by, now=LATER), by=by, now=LATER)
    assert Message.objects.filter(thread=town.thread).count() == 2
    assert waiting() == ["Hamza ko kitab mil gayi"]


def test_a_reply_in_the_thread_does(town: Town) -> None:
    asks(town)
    assert waiting() == ["Hamza ko kitab mil gayi"]
    reply(thread=town.thread, text="Get well soon.", language="en", by=town.amal.actor(), now=LATER)
    assert waiting() == []
