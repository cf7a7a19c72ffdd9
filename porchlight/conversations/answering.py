"""Keeps what homes answer, lets the owning room hear it, and says back what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db import transaction

from porchlight.conversations.ask_codes import alike, unanswered
from porchlight.conversations.asking import Verdict, verdict_on
from porchlight.conversations.models import Answer, Ask, Message, Shape, Thread
from porchlight.conversations.models.asks import IN_WORDS, SIGNED, SPOKEN, WITHDRAWN
from porchlight.conversations.reading import Given, Home, read_answer
from porchlight.conversations.signing import keep_signature, refusal_of
from porchlight.delivery.models import Delivery, InboundEvent
from porchlight.families.models import Guardian
from porchlight.languages.absence import absence_in, alarm_in
from porchlight.languages.phrases import say
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
from porchlight.toolbox import scripts

LONGEST_REFUSAL = 200
LATELY = timedelta(hours=48)  # questions put within it are answered in one go


@dataclass(frozen=True, slots=True)
class Match:
    """An ask of this home that these words answer."""

    ask: Ask
    given: Given
    is_open: bool
    others: bool = False  # another open question could have been meant; what is said back names this one


def matching_ask(
    *,
    school: School,
    guardians: Sequence[Guardian],
    text: str,
    choice: str,
    in_reply_to: str,
    now: datetime,
    is_spoken: bool = False,
) -> Match | None:
    """The ask these words answer: the one replied to, the one whose code leads, else the newest that fits.

    Of several, what was put lately and is not answered yet comes before what is: answers come one after the other.
    """
    asks = _asks_put_to(school, guardians)
    home = home_of(guardians, school)
    waiting = unanswered([ask for ask in asks if ask.is_open(now)], [one.pk for one in guardians])
    unnamed = [ask for ask in asks if ask.shape not in IN_WORDS or not _cannot_wait(text, home.reads)]
    unnamed.sort(
        key=lambda ask: (ask.shape in IN_WORDS, not (ask in waiting and ask.created_at > now - LATELY))
    )
    for group in (_replied_to(school, asks, in_reply_to), _named_by_code(asks, text), unnamed):
        for ask in sorted(group, key=lambda one: not one.is_open(now)):
            given = read_answer(ask, text, choice, is_spoken=is_spoken, home=home)
            if given is not None:
                others = any(one != ask and alike(one.shape, ask.shape) for one in waiting)
                return Match(ask, given, ask.is_open(now), others)
    return None


def _cannot_wait(text: str, reads: str) -> bool:
    """Any words fit a free question; that a child is ill or missing is no answer to what their favourite meal is."""
    return alarm_in(text) or absence_in(text, reads=reads) is not None


def _asks_put_to(school: School, guardians: Sequence[Guardian], most: int = 10) -> list[Ask]:
    """Newest first; what any words would fit comes last."""
    found: dict[int, Ask] = {}
    for guardian in guardians:
        for ask in Ask.objects.in_school(school).put_to(guardian)[:most]:
            found.setdefault(ask.pk, ask)
    newest = sorted(found.values(), key=lambda ask: ask.created_at, reverse=True)
    return sorted(newest, key=lambda ask: ask.shape in IN_WORDS)


def home_of(guardians: Sequence[Guardian], school: School) -> Home:
    """Who answers at an address: the first of them, and the names of all."""
    if not guardians:
        return Home()
    names = tuple(name for one in guardians for name in (one.name, one.addressed_as) if name)
    return Home(guardians[0].reading, names, guardians[0].zone(school.zone))


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
    spoken: Message | None = None,
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
            spoken=spoken,
            at=now,
        )
        refused = refusal_of(answer, now)
        verdict = Verdict(accepted=False, words=refused) if refused else verdict_on(answer)
        if not verdict.accepted:
            answer.accepted, answer.refusal = False, verdict.words[:LONGEST_REFUSAL]
            answer.save(update_fields=["accepted", "refusal"])
        elif ask.shape == Shape.SIGN:
            keep_signature(answer)
        answers.append(answer)
    changed(ask.school_id, Topic.NOTICES)
    return answers


def in_words(
    ask: Ask, given: Given, language: str, zone: tzinfo | None = None, hijri: int | None = None
) -> str:
    """What was understood, said back in the family's language: "yes", "Friday, Sunday", "3"."""
    if given.number is not None:
        return f"{given.number.normalize():f}"
    if not given.keys:
        return given.text
    if given.keys == (SIGNED,):
        phrase = "signed_by" if given.text else "signed_aloud"
        return say(phrase, language, of=ask.school, name=given.text)
    named = {"yes": "yes", "no": "no", "seen": "seen", SPOKEN: "spoken_answer", WITHDRAWN: "signature_back"}
    return scripts.comma(language).join(
        say(named[key], language, of=ask.school) if key in named else ask.label(key, language, zone, hijri)
        for key in given.keys
    )


def answer_in_words(
    answer: Answer, language: str, zone: tzinfo | None = None, hijri: int | None = None
) -> str:
    """The same for an answer that is kept."""
    given = Given(tuple(answer.keys), answer.number, answer.text)
    return in_words(answer.ask, given, language, zone, hijri)
