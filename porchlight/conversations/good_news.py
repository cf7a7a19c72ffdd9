"""A few good words, each to one home about one child: looked at together, sent by one press."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import transaction

from porchlight.accounts.limits import Rate, take
from porchlight.activity.record import record
from porchlight.conversations.models import Kind, Message
from porchlight.conversations.speaking import say_aloud, words_for_sound
from porchlight.conversations.tell import plan_for, tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.delivery.planning import Planned
from porchlight.families.models import Guardianship
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

ONCE = Rate(1, timedelta(hours=2))  # longer than a look is good for


@dataclass(frozen=True, slots=True)
class Note:
    """One good word. `ties` are the keys of the guardianships whose adults hear it, all about one child.

    `versions` are the same in other languages, from our own phrase book.
    """

    ties: tuple[str, ...]
    text: str
    language: str
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GoodNews:
    """What was written in one sitting."""

    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """How one note would get to its home."""

    note: Note
    child: str
    planned: Sequence[Planned]

    @property
    def reached(self) -> list[Planned]:
        return [one for one in self.planned if one.not_reached is None]


def look_at(news: GoodNews, *, school: School, by: Actor, now: datetime) -> list[Looked]:
    """The exact words, ways, hours and costs; nothing is written. A home nobody may write to has nothing planned."""
    return [_look(note, school, by, now) for note in news.notes]


def _look(note: Note, school: School, by: Actor, now: datetime) -> Looked:
    recipients = _recipients(note, school, by, now)
    planned = plan_for(school=school, recipients=recipients, utterance=_utterance(note), by=by, now=now)
    child = recipients[0].students[0].name if recipients else ""
    return Looked(note, child, planned)


@transaction.atomic
def send(news: GoodNews, *, school: School, by: Actor, now: datetime, press: str) -> list[Message]:
    """Tell each home. The same `press` come twice sends nothing more; whom no word gets to is left for another day.

    Returns one message for each home that was told.
    """
    if not take(f"good news:{school.pk}:{press}", ONCE, now=now):
        return []
    told = []
    for looked in look_at(news, school=school, by=by, now=now):
        recipients = [one.recipient for one in looked.reached]
        if recipients:
            said = tell(
                school=school, recipients=recipients, utterance=_utterance(looked.note), by=by, now=now
            )
            told.append(said.messages[0])
    for message in told:
        record("message.sent", about=message, by=by)
    return told


def aloud(ties: tuple[str, ...], *, school: School, by: Actor, now: datetime) -> Looked:
    """How a recording would get to a home: what stands there in words where no sound can go."""
    words = words_for_sound(school, by.name)
    versions = tuple((tag, version.text) for tag, version in words.versions.items())
    return _look(Note(ties, words.text, words.language, versions), school, by, now)


@transaction.atomic
def send_aloud(
    looked: Looked, *, content: BinaryIO, size: int, school: School, by: Actor, now: datetime, press: str
) -> list[Message]:
    """Tell the home in the colleague's own voice. The same `press` come twice sends nothing more.

    Raises NotASound, TooLong; then the press was none.
    """
    recipients = [one.recipient for one in looked.reached]
    if not recipients or not take(f"good news:{school.pk}:{press}", ONCE, now=now):
        return []
    told = say_aloud(
        school=school, recipients=recipients, content=content, size=size, by=by, now=now, kind=Kind.GOOD_NEWS
    )
    record("message.spoken", about=told[0], by=by)
    return list(told)


def _utterance(note: Note) -> Utterance:
    versions = {tag: Version(text, tag, Provenance.PHRASE_BOOK) for tag, text in note.versions}
    return Utterance(words=Words(note.text, note.language, versions), kind=Kind.GOOD_NEWS)


def _recipients(note: Note, school: School, by: Actor, now: datetime) -> list[Recipient]:
    """Those of the note's adults who may be told today, by whoever writes."""
    today = school.local(now).date()
    ties: Iterable[Guardianship] = (
        Guardianship.objects.visible_to(by)
        .current(on=today)
        .receiving(on=today)
        .filter(key__in=note.ties)
        .select_related("guardian", "student")
        .order_by("pk")
    )
    return [Recipient(tie.guardian, (tie.student,)) for tie in ties]
