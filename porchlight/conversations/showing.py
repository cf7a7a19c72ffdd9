"""Messages as pages show them: whose words, in which language, and how far they came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any, TypedDict

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from porchlight.conversations import reading_aloud
from porchlight.conversations.answer_form import AnswerForm
from porchlight.conversations.answering import answer_in_words
from porchlight.conversations.attached import Address, Found, actions_of, film_of, seeing, tags_of
from porchlight.conversations.models import (
    Answer,
    AnswerFrom,
    Ask,
    Author,
    Message,
    Rendering,
    TriageItem,
)
from porchlight.conversations.models.asks import SIGNED
from porchlight.conversations.provenance_words import told_of
from porchlight.conversations.remarks import remarks_on
from porchlight.design.parts import Bubble, Saying
from porchlight.families.models import Guardian
from porchlight.languages import phrases
from porchlight.languages.provenance import MACHINES
from porchlight.languages.reading_out import Voices
from porchlight.toolbox import scripts

JOINED = ("staff", "rendering", "listening", "ask__school", "awaiting")  # what is asked for with the words


def for_showing(messages: QuerySet[Message]) -> list[Message]:
    """These messages with everything a family's page of them needs, in a fixed number of queries at most.

    What few messages have is asked for by itself, and only where one has it: joined to all, it made the database plan
    fifteen tables at every page.
    """
    return with_what_few_have(list(messages.select_related(*JOINED, "thread__guardian", "thread__student")))


def with_what_few_have(found: list[Message]) -> list[Message]:
    """The same of messages that were fetched with `JOINED`, and that know their thread and both people in it."""
    told = [message for message in found if message.notice_id]
    prefetch_related_objects(told, "notice__ask", "notice__answer_for_all__question")
    prefetch_related_objects([message for message in found if message.sound_id], "sound")
    prefetch_related_objects([message for message in found if message.enclosed_id], "enclosed")
    noted = [message for message in found if getattr(message, "listening", None)]
    prefetch_related_objects(noted, "listening__heard_by")
    return found


def bubble(
    message: Message,
    *,
    school_name: str,
    reader: int | None = None,
    dated: bool = False,
    how: str = "",
    status: str = "",
    found: Found | None = None,
    address: Address | None = None,
    player: str = "",
    shown: str = "",
) -> Bubble:
    """One utterance, for an adult of the family (`reader`, the guardian's id) or for the school's side.

    The family reads the version in their language with the original behind it; staff read the original, and
    see how far the words came. Staff are never shown when a family read something, only that it was read.
    `dated` says the day too. `found` is what came along with this page's messages, `address` where each is handed out:
    for staff. `player` is where its sound is played, `shown` where what went along is seen.
    """
    version, other = _versions(message, for_home=(for_home := reader is not None))
    original, heard = Saying(message.text, message.language), heard_words(message)
    return Bubble(
        author=_author(message, school_name),
        said=heard or (Saying(version.text, version.language) if version else original),
        at=message.said_at,
        dated=dated,
        mine=_is_mine(message, reader),
        how=how or message.channel,
        status=status,
        original=original if version or (heard and message.text) else None,
        provenance=_provenance(message, version),
        **_underneath(other),
        player=player,
        film=film_of(message, shown),
        whole="" if for_home else whole(message),
        tags=[*tags_of(message.media, found), *remarks_on(message, for_home=for_home)],
        actions=[*actions_of(message.media, found, address), *seeing(message, shown)],
        key=message.key,
    )


def _is_mine(message: Message, reader: int | None) -> bool:
    """Whether the side that looks said it: this adult, or the school."""
    if reader is None:
        return not message.is_from_home
    return message.is_from_home and message.thread.guardian_id == reader


def _underneath(other: Rendering | None) -> dict[str, Any]:
    """The translation under a home's own words, and who made it."""
    if other is None:
        return {}
    return {"translation": Saying(other.text, other.language), "translated_by": told_of(other)}


def _versions(message: Message, *, for_home: bool) -> tuple[Rendering | None, Rendering | None]:
    """The version a home reads in place of our words, and the one that staff read under theirs."""
    rendering: Rendering | None = getattr(message, "rendering", None)
    if for_home:
        return (None if message.is_from_home else rendering), None
    return None, (rendering if message.is_from_home else None)


def heard_words(message: Message) -> Saying | None:
    """What a listener wrote that a voice note says; None where nobody has."""
    row = getattr(message, "listening", None)
    return Saying(row.text, row.text_language) if row is not None and row.heard_at else None


def _provenance(message: Message, version: Rendering | None) -> str:
    """Who put the words on the page there, where it is not their author."""
    row = getattr(message, "listening", None)
    if row is not None and row.heard_by is not None:
        return _("Heard by %(name)s") % {"name": row.heard_by.name}
    return told_of(version) if version is not None else ""


def whole(said: Message | TriageItem) -> str:
    """A mail as it came, with what it quotes; empty where the words shown are all there was."""
    return "" if said.full_text.split() == said.text.split() else said.full_text


def first_of_each_day(messages: Iterable[Message], zone: tzinfo) -> set[str]:
    """Keys of the messages over which a line with their day belongs; messages in the order they are shown."""
    firsts, last = set(), None
    for message in messages:
        day = message.said_at.astimezone(zone).date()
        if day != last:
            firsts.add(message.key)
        last = day
    return firsts


def _author(message: Message, school_name: str) -> str:
    if message.is_from_home:
        guardian = message.thread.guardian
        return guardian.greeting or message.thread.student.short_name
    if message.author == Author.STAFF and message.staff is not None:
        return message.staff.name
    return school_name


def ask_of(message: Message) -> Ask | None:
    """The question that came with a message, or with the notice it is part of."""
    own: Ask | None = getattr(message, "ask", None)
    if own is not None or message.notice is None:
        return own
    return getattr(message.notice, "ask", None)


@dataclass(frozen=True, slots=True)
class Put:
    """A message on a family's page, with its question and what they said to it."""

    message: Message
    bubble: Bubble
    form: AnswerForm | None
    is_open: bool
    answered: str  # in the family's words and language; empty: not yet
    answered_by: str = ""  # the other adult who shares the thread, when the answer is theirs
    new_day: bool = False  # a line with the day belongs above it

    @property
    def by_machine(self) -> bool:
        """A machine's words that nobody has read over: whoever reads them may say that they read strangely."""
        version, _other = _versions(self.message, for_home=True)
        return version is not None and version.provenance in MACHINES and not version.checked_by


@dataclass(frozen=True, slots=True)
class Places:
    """Where a page hands things out: spoken answers, what went along, and the words read out."""

    sounds: Callable[[Message], str]
    files: Callable[[Message], str]
    read_out: Callable[[Message], str]


def put(
    messages: Iterable[Message],
    *,
    answers: Sequence[Answer],
    reader: Guardian,
    school_name: str,
    bound: AnswerForm | None,
    now: datetime,
    zone: tzinfo | None = None,
    places: Places,
) -> list[Put]:
    """Messages with their questions, ready for this adult's page. `bound` is a form that came back with errors.

    With a `zone` they stand in order, under a line for each day; without, each says its own day.
    """
    messages = list(messages)
    firsts = first_of_each_day(messages, zone) if zone is not None else set()
    reading_aloud.fetch_versions(messages, reader)
    voices = Voices.of(reader.school_id)
    shown = []
    for message in messages:
        aloud = reading_aloud.aloud(message, reader, places.read_out(message), voices)
        said = bubble(
            message,
            reader=reader.pk,
            school_name=school_name,
            dated=zone is None,
            player=places.sounds(message) if message.sound is not None else "",
            shown=places.files(message) if message.enclosed is not None else "",
        )
        said = replace(said, aloud=aloud, above=_above_the_original(message, reader))
        ask = ask_of(message)
        new_day = message.key in firsts
        if ask is None:
            shown.append(Put(message, said, form=None, is_open=False, answered="", new_day=new_day))
        else:
            asked = _asked(ask, _answer_to(ask, message, answers), reader, bound)
            shown.append(Put(message, said, is_open=ask.is_open(now), new_day=new_day, **asked))
    return shown


def _above_the_original(message: Message, reader: Guardian) -> Saying | None:
    """What stands over words of the school that nobody has put into what this adult reads, as on their telephone."""
    version, _other = _versions(message, for_home=True)
    is_theirs = message.is_from_home or version is not None or not message.text
    if is_theirs or scripts.same_reading(message.language, reader.reading):
        return None
    if scripts.UNKNOWN in (scripts.base(message.language), scripts.base(reader.reading)):
        return None
    above = phrases.in_original(message.language, reader.reading)
    return Saying(above.text, above.language)


class _Asked(TypedDict):
    form: AnswerForm
    answered: str
    answered_by: str


def _asked(ask: Ask, answer: Answer | None, reader: Guardian, bound: AnswerForm | None) -> _Asked:
    """The question's form, and what was said to it."""
    is_bound, zone = bound is not None and bound.ask.pk == ask.pk, reader.zone(ask.school.zone)
    hijri = reader.hijri_days(ask.school.hijri_days)
    is_signed = answer is not None and answer.keys == [SIGNED]
    return {
        "form": bound
        if is_bound and bound is not None
        else AnswerForm(ask, reader.reading, zone=zone, hijri=hijri, is_signed=is_signed),
        "answered": answer_in_words(answer, reader.reading, zone, hijri) if answer is not None else "",
        "answered_by": _other(answer, reader) if answer is not None else "",
    }


def _answer_to(ask: Ask, message: Message, answers: Sequence[Answer]) -> Answer | None:
    """The last word of the home where one answer is enough for it, else of this thread."""
    for_the_home = ask.answer_from == AnswerFrom.HOUSEHOLD
    given = [
        answer
        for answer in answers
        if answer.accepted
        and answer.ask_id == ask.pk
        and (for_the_home or answer.thread_id == message.thread_id)
    ]
    return max(given, key=lambda answer: answer.pk, default=None)


def _other(answer: Answer, reader: Guardian) -> str:
    guardian = answer.thread.guardian
    return "" if guardian.pk == reader.pk else guardian.greeting or _("Somebody at your home")
