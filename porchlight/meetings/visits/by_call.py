"""A note of a visit in a call, for a home that nothing but calls reaches: what may be said aloud, and who rings for
what may not. Not a word of it stands in the thread before the family said that it is right.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.conversations.hours import answer_by
from porchlight.conversations.questions import Option
from porchlight.conversations.saying import Line, in_each_language, line
from porchlight.conversations.translations import translations
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.errands.actions import ask_for
from porchlight.errands.models import Errand, ErrandKind
from porchlight.languages.known import spoken_here
from porchlight.meetings.models import Asking, VisitAsk, VisitNote
from porchlight.meetings.visits import asking
from porchlight.meetings.visits.rules import may_be_told
from porchlight.schools.actors import Actor, school_itself
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox import scripts

RIGHT, RIGHT_FOR_PAIR, WRONG, PERSON = "1", "2", "3", "4"
ON_KEYS = {
    RIGHT: "visit_note_right",
    RIGHT_FOR_PAIR: "visit_note_right_pair",
    WRONG: "visit_note_wrong",
    PERSON: "visit_note_ring",
}
A_WEEK = timedelta(days=7)  # without a word: then a person rings


def put(note: VisitNote, *, by: Actor, now: datetime) -> None:
    """Say it in a call and ask whether it is right; for what is personal, or cannot be said in their language, a
    colleague rings.
    """
    visit, aloud = note.visit, _aloud(note, now)
    first, second = (one.name for one in visit.pair)
    before = [line("visit_note_written", first=first, second=second)]
    is_said = bool(note.aloud) and _can_be_said(note, aloud)
    after: list[Line] = []
    if note.text or not is_said:
        after.append(line("visit_note_personal", who=note.written_by.name))
        ring(note, by=by, now=now)
    if not is_said:
        asking.tell_them(visit, [*before, *after], by=by, now=now)
        return
    after.append(line("visit_note_listen"))
    options = [
        Option(key, in_each_language(phrase, visit.student.school), speaks=key == WRONG)
        for key, phrase in ON_KEYS.items()
    ]
    asking.ask_right(
        visit, [*before, *after], [*before, Line("", {"words": aloud}), *after], options,
        version=note.version, recording=note.recording, by=by, now=now,
    )  # fmt: skip


def ring(note: VisitNote, *, by: Actor, now: datetime) -> Errand:
    """Who wrote it rings them and reads it to them; asked twice it is one errand."""
    visit = note.visit
    return ask_for(
        kind=ErrandKind.READ_NOTE, to=note.written_by, due_at=answer_by(visit.student.school, now), by=by,
        about=f"note:{note.key}", guardian=visit.guardian, student=visit.student,
    )  # fmt: skip


def ring_the_silent(school: School, *, now: datetime) -> None:
    """A week has gone by without a word: nobody is rung by a machine for ever. Once for each telling."""
    asked = VisitAsk.objects.in_school(school).filter(asking=Asking.NOTE, ask__closed_at=None)
    asked = asked.filter(asked_at__lte=now - A_WEEK, asked_at__gt=now - asking.OPEN_FOR)
    rows = VisitNote.objects.in_school(school).filter(visit__in=asked.values("visit"), counts_at=None)
    rows = rows.select_related("visit__student__school", "visit__guardian", "written_by")
    for note in rows.filter(shown_at__lte=now - A_WEEK).order_by("pk"):
        heard = note.hearings.filter(version=note.version)
        tasks = Errand.objects.in_school(school).filter(
            about=f"note:{note.key}", created_at__gte=note.shown_at
        )
        allowed = may_be_told(note.visit.guardian, note.visit.student, now)
        if allowed and not heard.exists() and not tasks.exists():
            ring(note, by=school_itself(school), now=now)


def _aloud(note: VisitNote, now: datetime) -> Words:
    """With the versions that people made: what a family is to say is right, no machine puts into other words."""
    visit = note.visit
    school = visit.student.school
    words = Words(note.aloud, school.language, {})
    who = [Recipient(visit.guardian, (visit.student,))]
    return translations(school, words, who, tier=Tier.L1, now=now).by_people().added_to(words)


def _can_be_said(note: VisitNote, aloud: Words) -> bool:
    """In their language: as it stands, or by a colleague who speaks it and is asked to say it."""
    guardian, school = note.visit.guardian, note.visit.student.school
    spoken = scripts.base(guardian.spoken)
    is_theirs = scripts.base(aloud.for_reader(guardian.reading).language) == spoken
    return note.recording is not None or is_theirs or spoken in spoken_here(school)
