"""Keeps what homes answer, lets the owning room hear it, and says back what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from porchlight.conversations.asking import Given, read_answer, verdict_on
from porchlight.conversations.models import Answer, Ask, Message, Shape, Thread
from porchlight.delivery.models import Delivery, InboundEvent
from porchlight.families.models import Guardian
from porchlight.languages.absence import absence_in, alarm_in
from porchlight.languages.phrases import say
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
from porchlight.toolbox import scripts


@dataclass(frozen=True, slots=True)
class Match:
    """An ask of this home that these words answer."""

    ask: Ask
    given: Given
    is_open: bool


def matching_ask(
    *, school: School, guardians: Sequence[Guardian], text: str, choice: str, in_reply_to: str, now: datetime
) -> Match | None:
    """The ask these words answer: the one replied to, the one whose code leads, else the newest that fits."""
    asks = _asks_put_to(school, guardians)
    reads = guardians[0].reading if guardians else ""
    unnamed = [ask for ask in asks if ask.shape != Shape.SHORT_TEXT or not _cannot_wait(text, reads)]
    for group in (_replied_to(school, asks, in_reply_to), _named_by_code(asks, text), unnamed):
        for ask in sorted(group, key=lambda one: not one.is_open(now)):
            given = read_answer(ask, text, choice, reads)
            if given is not None:
                return Match(ask, given, ask.is_open(now))
    return None


def _cannot_wait(text: str, reads: str) -> bool:
    """Any words fit a free question; that a child is ill or missing is no answer to what their favourite meal is."""
    return alarm_in(text) or absence_in(text, reads=reads) is not None


def _asks_put_to(school: School, guardians: Sequence[Guardian], most: int = 10) -> list[Ask]:
    """Newest first; a free-text ask comes last, since any words would fit it."""
    found: dict[int, Ask] = {}
    for guardian in guardians:
        for ask in Ask.objects.in_school(school).put_to(guardian)[:most]:
            found.setdefault(ask.pk, ask)
    newest = sorted(found.values(), key=lambda ask: ask.created_at, reverse=True)
    return sorted(newest, key=lambda ask: ask.shape == "short_text")


def _replied_to(school: School, asks: Sequence[Ask], provider_id: str) -> list[Ask]:
    if not provider_id:
        return []
    parcels = Delivery.objects.in_school(school).filter(provider_id=provider_id).values("parcel")
    said = Message.objects.in_school(school).filter(parcels__parcel__in=parcels)
    messages, notices = set(said.values_list("pk", flat=True)), set(said.values_list("notice_id", flat=True))
    return [ask for ask in asks if ask.message_id in messages or (ask.notice_id and ask.notice_id in notices)]


def _named_by_code(asks: Sequence[Ask], text: str) -> list[Ask]:
    first = text.strip().split(maxsplit=1)[:1]
    return [ask for ask in asks if first and first[0].strip(":.-").upper() == ask.code]


def threads_of(ask: Ask, guardians: Sequence[Guardian]) -> list[Thread]:
    """Where these adults met the ask: a notice about two children stands in two threads."""
    said = Message.objects.standing().filter(thread__guardian__in=guardians)
    said = said.filter(notice_id=ask.notice_id) if ask.notice_id else said.filter(ask=ask)
    return list(Thread.objects.filter(pk__in=said.values("thread")).select_related("guardian", "student"))


@transaction.atomic
def keep_answer(
    *,
    ask: Ask,
    threads: Sequence[Thread],
    given: Given,
    now: datetime,
    channel: str = "",
    typed_by_id: int | None = None,
    inbound: InboundEvent | None = None,
) -> list[Answer]:
    """Store the answer in each thread the ask stands in, then let the owning room hear it.

    Every answer is kept; the last accepted one before closing counts.
    """
    answers = []
    for thread in threads:
        answer = Answer.objects.create(
            school_id=ask.school_id,
            ask=ask,
            thread=thread,
            keys=list(given.keys),
            number=given.number,
            text=given.text,
            channel=channel,
            typed_by_id=typed_by_id,
            inbound=inbound,
            at=now,
        )
        verdict = verdict_on(answer)
        if not verdict.accepted:
            answer.accepted, answer.refusal = False, verdict.words
            answer.save(update_fields=["accepted", "refusal"])
        answers.append(answer)
    changed(ask.school_id, Topic.NOTICES)
    return answers


def in_words(ask: Ask, given: Given, language: str) -> str:
    """What was understood, said back in the family's language: "yes", "Friday, Sunday", "3"."""
    if given.number is not None:
        return f"{given.number.normalize():f}"
    if not given.keys:
        return given.text
    named = {"yes": "yes", "no": "no", "seen": "seen"}
    return scripts.comma(language).join(
        say(named[key], language) if key in named else ask.label(key, language) for key in given.keys
    )
