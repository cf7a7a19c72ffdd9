"""What is kept of a visit. It counts when the family has read or heard it, and put it right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.models import Message
from porchlight.errands.actions import ask_for, finish
from porchlight.errands.models import Errand, ErrandKind
from porchlight.files.models import StoredFile
from porchlight.meetings.models import NoteHeard, Visit, VisitHelp, VisitNote
from porchlight.meetings.reached import by_call_alone
from porchlight.meetings.visits import asking, by_call
from porchlight.meetings.visits.rules import NotNow, may_be_told
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import StaffMember

A_WEEK = timedelta(days=7)


@transaction.atomic
def write_note(
    visit: Visit, text: str, *, by: Actor, now: datetime, aloud: str = "", recording: StoredFile | None = None
) -> VisitNote:
    """One of the two writes what they learned. Other words than before are read anew before they count.

    `text` is personal; `aloud` may be said in a call, by `recording` where somebody said it.
    """
    writer = _of_the_two(visit, by)
    if not visit.checks.exists():
        raise NotNow("not_in")
    note = VisitNote.objects.select_for_update().filter(visit=visit).first()
    if note is None:
        note = VisitNote(school_id=visit.school_id, visit=visit, version=0)
    if note.pk and (note.text, note.aloud) == (text.strip(), aloud.strip()) and recording is None:
        return note
    if note.pk:
        asking.take_note_back(visit, by=by, now=now)
    if recording is not None or note.aloud != aloud.strip():
        note.recording = recording
    note.text, note.aloud, note.written_by_id, note.written_at = text.strip(), aloud.strip(), writer, now
    note.version += 1
    note.shown_at = note.counts_at = None
    note.save()
    record("visit.note", about=note, by=by, version=note.version)
    return note


@transaction.atomic
def show(note: VisitNote, *, by: Actor, now: datetime, read_to_them: bool = False) -> VisitNote:
    """Ask the family to read it; where they would rather hear it, the colleague who wrote it reads it to them."""
    visit = note.visit
    _of_the_two(visit, by)
    if not may_be_told(visit.guardian, visit.student, now):
        raise NotNow("not_allowed")
    if note.shown_at is None:
        note.shown_at = now
        note.save(update_fields=["shown_at"])
        if by_call_alone([visit.guardian]):
            by_call.put(note, by=by, now=now)
        else:
            asking.tell_of_note(visit, by=by, now=now)
        record("visit.note_shown", about=note, by=by)
    if read_to_them:
        ask_for(
            kind=ErrandKind.READ_NOTE, to=note.written_by, due_at=now + A_WEEK, by=by,
            about=f"note:{note.key}", guardian=visit.guardian, student=visit.student,
        )  # fmt: skip
    return note


@dataclass(frozen=True, slots=True)
class Aloud:
    """What was said to the part that may be said aloud. `is_wrong`: something is not right; in which voice or words."""

    is_wrong: bool
    spoken: Message | None = None
    words: str = ""


@transaction.atomic
def hear_note(
    note: VisitNote, *, how: NoteHeard.How, by: Actor, now: datetime, version: int, correction: str = "",
    readers: str = "", aloud: Aloud | None = None,
) -> NoteHeard:  # fmt: skip
    """They read it, or a colleague read it to them: it is right, and counts; or what is not, and it does not yet.

    `aloud`: they heard what may be said in a call, and no more: where more is written, it counts once they heard that
    too, from a colleague.

    Raises NotNow where the words have changed since. What a family says to it is never written over.
    """
    note = (
        VisitNote.objects.select_for_update(of=("self",))
        .select_related("visit__guardian", "visit__student__school", "written_by")
        .get(pk=note.pk)
    )
    if by.is_staff:
        _of_the_two(note.visit, by)
    elif by.post_id != note.visit.guardian_id:
        raise PermissionDenied("The adult who was visited says it.")
    if note.version != version:
        raise NotNow("changed")
    heard = NoteHeard.objects.create(
        school_id=note.school_id, note=note, guardian=note.visit.guardian, version=note.version, how=how,
        read_by_id=by.post_id if by.is_staff else None, at=now,
        correction=correction.strip() or (aloud.words if aloud and aloud.is_wrong else ""),
        is_wrong=aloud is not None and aloud.is_wrong, spoken=aloud.spoken if aloud else None,
    )  # fmt: skip
    is_settled = heard.is_right and not (aloud and note.text)
    note.shown_at, note.counts_at = note.shown_at or now, now if is_settled else None
    if readers in VisitNote.Readers:
        note.readers = readers
    note.save(update_fields=["shown_at", "counts_at", "readers"])
    record("visit.note_heard", about=note, by=by, how=str(how), right=heard.is_right)
    if aloud is not None and not is_settled:
        by_call.ring(note, by=by, now=now)
        return heard
    for errand in Errand.objects.in_school(note.school_id).open().filter(about=f"note:{note.key}"):
        finish(errand, by=by, outcome="", now=now)
    return heard


@transaction.atomic
def note_help(
    visit: Visit, *, sort: str, words: str, who: StaffMember, due_on: date, by: Actor, now: datetime
) -> VisitHelp:
    """Help asked for, or promised: in the family's words, with a named colleague, who gets it as a task."""
    _of_the_two(visit, by)
    row = VisitHelp.objects.create(
        school_id=visit.school_id, visit=visit, sort=sort, words=words.strip(), who=who,
        asked_on=visit.student.school.local(now).date(), due_on=due_on,
    )  # fmt: skip
    school = visit.student.school
    ask_for(
        kind=ErrandKind.VISIT_HELP, to=who, by=by, about=f"help:{row.key}", student=visit.student,
        due_at=datetime.combine(due_on, school.closes_at, tzinfo=school.zone),
    )  # fmt: skip
    record("visit.help", about=row, by=by, sort=str(sort), to=who.pk)
    return row


@transaction.atomic
def give_help(row: VisitHelp, *, by: Actor, now: datetime) -> VisitHelp:
    """It was given, or done. By the named colleague, one of the two or a leader."""
    if by.post_id != row.who_id and not by.is_one_of(Role.LEADER):
        _of_the_two(row.visit, by)
    if row.given_at is None:
        row.given_at, row.given_by_id = now, by.post_id
        row.save(update_fields=["given_at", "given_by"])
        for errand in Errand.objects.in_school(row.school_id).open().filter(about=f"help:{row.key}"):
            finish(errand, by=by, outcome="", now=now)
        record("visit.help_given", about=row, by=by)
    return row


def _of_the_two(visit: Visit, by: Actor) -> int:
    """The id of the colleague."""
    if not by.is_staff or by.post_id is None or by.post_id not in (visit.first_id, visit.second_id):
        raise PermissionDenied("The two who came write it.")
    return by.post_id
