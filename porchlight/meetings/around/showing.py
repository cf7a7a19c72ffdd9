"""A meeting as pages show it: when, where, with whom, and what each side has said so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from porchlight.conversations.provenance_words import provenance_words
from porchlight.design import moments
from porchlight.design.direction import page_language
from porchlight.families.models import Guardian
from porchlight.languages.provenance import Provenance, RenderedVersion
from porchlight.meetings.around.questions import words_of
from porchlight.meetings.models import DayWord, GuestSeat, Meeting, OnTheDay, OpenQuestion, Word
from porchlight.toolbox import scripts
from porchlight.toolbox.scripts import autonym

type Put = Callable[[str, str], RenderedVersion]

OURS = (Provenance.ORIGINAL, Provenance.PHRASE_BOOK)  # nobody translated these


@dataclass(frozen=True, slots=True)
class Shown:
    """One meeting on the clock of its reader."""

    meeting: Meeting
    when: str
    until: str
    who: str
    interpreter: str  # the language, in its own name

    @property
    def where(self) -> str:
        """The room, else how it is held."""
        way = self.meeting.get_mode_display()
        return scripts.comma(page_language()).join(filter(None, (str(way), self.meeting.place)))


def with_all(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """These meetings with what a list of them needs, in a fixed number of queries."""
    rows = rows.select_related("student", "school", "held", "nobody_came", "interpreter")
    return rows.prefetch_related("hosts__staff", "guests__guardian", "guests__day_words").order_by(
        "starts_at", "pk"
    )


def shown(meeting: Meeting, *, zone: tzinfo) -> Shown:
    """Hosts are fetched with it; see `with_all`."""
    return Shown(
        meeting,
        moments.slot(meeting.starts_at, zone=zone),
        moments.clock(meeting.ends_at, zone=zone),
        meeting.host_names,
        autonym(meeting.language) if meeting.language else "",
    )


@dataclass(frozen=True, slots=True)
class Guest:
    """An adult of a meeting and their last word to it."""

    seat: GuestSeat
    words: str
    sort: str  # of a tag: good, care, info


def last_day_word(seat: GuestSeat, revision: int) -> DayWord | None:
    """The last one to the meeting as it stands now; of rows fetched with the seat."""
    said = [one for one in seat.day_words.all() if one.revision == revision]
    return max(said, key=lambda one: (one.at, one.pk), default=None)


def guests_of(meeting: Meeting) -> list[Guest]:
    """As colleagues see it: what was said near the meeting stands above what was said before."""
    return [_guest(seat, meeting) for seat in meeting.guests.all()]


def _guest(seat: GuestSeat, meeting: Meeting) -> Guest:
    near = last_day_word(seat, meeting.revision)
    if near is not None and (seat.said_at is None or near.at >= seat.said_at):
        sort = "info" if near.word == OnTheDay.LATE else "good" if near.word == OnTheDay.COMING else ""
        return Guest(seat, near.get_word_display(), sort)
    if seat.word:
        return Guest(seat, seat.get_word_display(), "good" if seat.word == Word.YES else "info")
    return Guest(seat, _("No word yet"), "")


@dataclass(frozen=True, slots=True)
class Text:
    """Words as one reader gets them, and who put them into their language."""

    text: str
    language: str
    made_by: str = ""
    original: str = ""  # where a machine or somebody changed them
    original_in: str = ""
    by: str = ""  # who said them


def as_text(version: RenderedVersion, original: str, language: str, by: str = "") -> Text:
    """With the original beside what was put into another language."""
    if version.provenance in OURS:
        return Text(version.text, version.language, by=by)
    made = provenance_words(version.provenance, version.by, version.checked_by)
    return Text(version.text, version.language, made, original, language, by)


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question with what was said to it."""

    question: OpenQuestion
    text: Text
    answers: Sequence[Text]


def asked(questions: Iterable[OpenQuestion], meeting: Meeting, *, tag: str, put: Put) -> list[Asked]:
    """For a reader of this language. `put(text, language)` puts people's own words into it."""
    found = []
    for question in questions:
        words = words_of(question, meeting)
        version = words.for_reader(tag) if question.shipped else put(words.text, words.language)
        said = [
            as_text(put(one.text, one.language), one.text, one.language, _name(one))
            for one in reversed(question.answers.all())
        ]
        found.append(Asked(question, as_text(version, words.text, words.language), said))
    return found


def _name(row: Any) -> str:
    person: Guardian | Any = row.guardian or row.staff
    return str(person) if person is not None else ""
