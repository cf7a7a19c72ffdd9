"""Interpreters and liaisons: who is free for a meeting, asking them, and what they say to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from porchlight.activity.record import record
from porchlight.errands.actions import NobodyToAsk, ask_for, somebody_for
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import ties_at_home
from porchlight.languages.known import who_speaks
from porchlight.meetings.arranging import clashes, free_or_taken
from porchlight.meetings.models import AtMeetings, HoursFor, InterpreterBooking, Meeting, Sort, StandingHours
from porchlight.schools.actors import Actor, Role, school_itself
from porchlight.schools.models import Away, StaffMember
from porchlight.toolbox import scripts

ASKED_FOR_IT = {Role.INTERPRETER, Role.LIAISON}


class CannotInterpret(ValueError):
    """They do not know the language, are not there then, or the child is their own."""


def who_can(meeting: Meeting, language: str, *, person: str = "") -> list[StaffMember]:
    """Who knows the language and is free then; who keeps hours at that time first. `person`: a woman, a man."""
    found = who_speaks(meeting.school_id, [scripts.base(language)])
    hosts = set(meeting.hosts.values_list("staff_id", flat=True))
    kept, others = list[StaffMember](), list[StaffMember]()
    for one in found:
        if one.pk in hosts or (person and _person(one) != person) or not _may(one, meeting):
            continue
        keeps = _keeps(one, meeting)
        if keeps:
            kept.append(one)
        elif keeps is None and ASKED_FOR_IT & one.actor().roles:
            others.append(one)  # they keep no hours at all: they are asked
    return [*kept, *others]


def _person(staff: StaffMember) -> str:
    said = AtMeetings.objects.in_school(staff.school_id).filter(staff=staff).first()
    return said.person if said is not None else ""


def _may(staff: StaffMember, meeting: Meeting) -> bool:
    if ties_at_home(staff.actor()).filter(student=meeting.student_id).exists():
        return False
    day = meeting.school.local(meeting.starts_at).date()
    if Away.objects.in_school(staff.school_id).on(day).filter(staff=staff).exists():
        return False
    return not clashes([staff.pk], meeting.starts_at, meeting.ends_at).exclude(pk=meeting.pk).exists()


def _keeps(staff: StaffMember, meeting: Meeting) -> bool | None:
    """Whether their hours hold the whole meeting; None of who keeps none."""
    rows = StandingHours.objects.in_school(staff.school_id).kept()
    rows = rows.filter(staff=staff, purpose=HoursFor.INTERPRETING)
    if not rows.exists():
        return None
    first, last = meeting.school.local(meeting.starts_at), meeting.school.local(meeting.ends_at)
    held = rows.filter(weekday=first.weekday(), starts__lte=first.time(), ends__gte=last.time())
    return held.filter(since__lte=first.date()).exclude(until__lt=first.date()).exists()


@transaction.atomic
def book_interpreter(
    meeting: Meeting, *, staff: StaffMember, language: str, by: Actor, now: datetime
) -> InterpreterBooking:
    """Ask them to it; who was asked before is free again. Raises Taken, and CannotInterpret."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    free_or_taken([staff], meeting.starts_at, meeting.ends_at, besides=meeting)
    if staff not in who_can(meeting, language):
        raise CannotInterpret
    InterpreterBooking.objects.in_school(meeting.school_id).filter(meeting=meeting).standing().update(
        taken_back_at=now
    )
    meeting.language, meeting.interpreter = scripts.base(language), staff
    meeting.save(update_fields=["language", "interpreter"])
    return record_booking(meeting, staff=staff, by=by, now=now)


def record_booking(meeting: Meeting, *, staff: StaffMember, by: Actor, now: datetime) -> InterpreterBooking:
    """The row that asks them, of a meeting that names them already."""
    row = InterpreterBooking.objects.create(
        school_id=meeting.school_id, meeting=meeting, staff=staff, language=meeting.language,
        asked_by_id=by.post_id if by.is_staff else None, asked_at=now,
    )  # fmt: skip
    record("interpreter.asked", about=row, by=by)
    open_errands(meeting).update(done_at=now, done_by_id=by.post_id if by.is_staff else None)
    return row


@transaction.atomic
def say_to_booking(
    row: InterpreterBooking, word: InterpreterBooking.Said, *, by: Actor, now: datetime
) -> InterpreterBooking:
    """They will be there, or cannot: then the office is asked to find somebody, and they see nothing of it any more."""
    row = InterpreterBooking.objects.select_for_update().get(pk=row.pk)
    if row.taken_back_at is not None or row.word == InterpreterBooking.Said.NO:
        return row
    row.word, row.said_at = word, now
    row.save(update_fields=["word", "said_at"])
    record("interpreter.said", about=row, by=by, word=str(word))
    if word == InterpreterBooking.Said.NO:
        meeting = Meeting.objects.select_related("school", "student").get(pk=row.meeting_id)
        Meeting.objects.filter(pk=meeting.pk, interpreter=row.staff_id).update(interpreter=None)
        _ask_somebody(meeting, now)
    return row


def _ask_somebody(meeting: Meeting, now: datetime) -> None:
    """The office; of counselling, which is not the office's to know of, who counsels."""
    school, is_quiet = meeting.school, meeting.sort == Sort.COUNSELLING
    try:
        host = meeting.hosts.select_related("staff").order_by("pk").first() if is_quiet else None
        person = host.staff if host is not None else somebody_for(school, Role.OFFICE, Role.LEADER)
    except NobodyToAsk:
        return
    ask_for(
        kind=ErrandKind.FIND_INTERPRETER, to=person, due_at=meeting.starts_at, by=school_itself(school),
        about=about(meeting), student=None if is_quiet else meeting.student,
    )  # fmt: skip


def about(meeting: Meeting) -> str:
    """How an errand names it."""
    return f"meeting:{meeting.key}"


def open_errands(meeting: Meeting) -> QuerySet[Errand]:
    """To find somebody for this meeting."""
    rows = Errand.objects.in_school(meeting.school_id).filter(done_at=None, kind=ErrandKind.FIND_INTERPRETER)
    return rows.filter(about=about(meeting))
