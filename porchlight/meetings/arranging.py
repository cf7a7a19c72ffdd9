"""Arranging, moving and calling off a meeting, whatever it is called. Telling the family is the asker's part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.families.models import Guardian, Guardianship, Student
from porchlight.meetings import signals
from porchlight.meetings.models import GuestSeat, HostSeat, Meeting, Mode, Sort, Word
from porchlight.meetings.models.meetings import MeetingQuerySet
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School, StaffMember


class Taken(Exception):
    """Somebody who is to sit in it sits in another meeting then: `meeting`."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"taken by {meeting.key}")
        self.meeting = meeting


@transaction.atomic
def arrange(
    *,
    sort: Sort,
    mode: Mode,
    student: Student,
    guests: Sequence[Guardian],
    hosts: Sequence[StaffMember],
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    now: datetime,
    place: str = "",
    language: str = "",
    interpreter: StaffMember | None = None,
    with_student: bool = False,
    is_told: bool = True,
) -> Meeting:
    """A meeting with everybody in it. `is_told`: the family is being told at once; else it is a plan for now.

    Raises Taken when one of us sits elsewhere then; PermissionDenied when an adult may not be told about this child.
    """
    allowed = may_be_told(student, now=now)
    if any(one.pk not in allowed for one in guests):
        raise PermissionDenied("Not every adult asked may be told about this child.")
    free_or_taken([*hosts, *([interpreter] if interpreter else [])], starts_at, ends_at)
    meeting = Meeting.objects.create(
        school_id=student.school_id, sort=sort, mode=mode, student=student, starts_at=starts_at, ends_at=ends_at,
        place=place, language=language, interpreter=interpreter, with_student=with_student,
        arranged_by_id=by.post_id if by.is_staff else None, arranged_at=now, told_at=now if is_told else None,
    )  # fmt: skip
    seats = [HostSeat(school_id=student.school_id, meeting=meeting, staff=one) for one in hosts]
    HostSeat.objects.bulk_create(seats)
    GuestSeat.objects.bulk_create(
        GuestSeat(school_id=student.school_id, meeting=meeting, guardian=one) for one in guests
    )
    record("meeting.arranged", about=meeting, by=by, sort=str(sort))
    changed(student.school_id, Topic.ROUNDS)
    return meeting


def may_be_told(student: Student, *, now: datetime) -> set[int]:
    """The ids of adults who may be told about this child today."""
    today = student.school.local(now).date()
    ties = Guardianship.objects.in_school(student.school_id).current(on=today).receiving(on=today)
    return set(ties.filter(student=student).values_list("guardian_id", flat=True))


def still_told(seats: Sequence[GuestSeat], school: School, *, now: datetime) -> list[GuestSeat]:
    """Those of adults who may still be told about the child of their meeting."""
    today = school.local(now).date()
    ties = Guardianship.objects.in_school(school).current(on=today).receiving(on=today)
    ties = ties.filter(guardian__in=[one.guardian_id for one in seats])
    may = set(ties.values_list("guardian_id", "student_id"))
    return [one for one in seats if (one.guardian_id, one.meeting.student_id) in may]


def free_or_taken(
    staff: Sequence[StaffMember], starts_at: datetime, ends_at: datetime, *, besides: Meeting | None = None
) -> None:
    """Raises Taken. The colleagues' rows are locked, so that of two who book them at once one waits for the other."""
    ids = [one.pk for one in staff]
    list(StaffMember.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    others = clashes(ids, starts_at, ends_at)
    other = (others.exclude(pk=besides.pk) if besides else others).first()
    if other is not None:
        raise Taken(other)


def clashes(staff_ids: Sequence[int], starts_at: datetime, ends_at: datetime) -> MeetingQuerySet:
    """Standing meetings that these colleagues sit in at any of this time."""
    return Meeting.objects.standing().between(starts_at, ends_at).of_staff(*staff_ids)


@transaction.atomic
def move(
    meeting: Meeting, *, starts_at: datetime, ends_at: datetime, by: Actor, now: datetime,
    mode: Mode | None = None, place: str | None = None,
) -> Meeting:  # fmt: skip
    """To another time. What families said to the old one no longer counts: they are asked anew. Raises Taken."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    people = [seat.staff for seat in meeting.hosts.select_related("staff")]
    if meeting.interpreter is not None:
        people.append(meeting.interpreter)
    free_or_taken(people, starts_at, ends_at, besides=meeting)
    return shift(meeting, starts_at=starts_at, ends_at=ends_at, by=by, now=now, mode=mode, place=place)


@transaction.atomic
def shift(
    meeting: Meeting, *, starts_at: datetime, ends_at: datetime, by: Actor, now: datetime,
    mode: Mode | None = None, place: str | None = None,
) -> Meeting:  # fmt: skip
    """`move`, for who has looked at everybody's calendar: two that change places are both in the way of the other."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.mode = mode or meeting.mode
    meeting.place = meeting.place if place is None else place
    meeting.revision += 1
    meeting.save(update_fields=["starts_at", "ends_at", "mode", "place", "revision"])
    meeting.guests.update(word="", said_at=None, said_by=None)
    record("meeting.moved", about=meeting, by=by, revision=meeting.revision)
    changed(meeting.school_id, Topic.ROUNDS)
    signals.moved.send(sender=Meeting, meeting=meeting, now=now)
    return meeting


@transaction.atomic
def call_off(meeting: Meeting, *, why: str, by: Actor, now: datetime) -> Meeting:
    """It is off; twice changes nothing. `why` is a code: "family", "school", "moved"."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.is_on:
        meeting.called_off_at, meeting.called_off_why = now, why
        meeting.revision += 1
        meeting.save(update_fields=["called_off_at", "called_off_why", "revision"])
        record("meeting.called_off", about=meeting, by=by, why=why)
        changed(meeting.school_id, Topic.ROUNDS)
        signals.called_off.send(sender=Meeting, meeting=meeting, now=now)
    return meeting


def say(seat: GuestSeat, word: Word, *, by: Actor, now: datetime) -> GuestSeat:
    """What an adult says to a meeting; a colleague may write it down for them. The last word counts."""
    return say_all([seat], word, by=by, now=now)[0]


@transaction.atomic
def say_all(seats: Sequence[GuestSeat], word: Word, *, by: Actor, now: datetime) -> list[GuestSeat]:
    """One word of an adult to several meetings at once."""
    for seat in seats:
        seat.word, seat.said_at = word, now
        seat.said_by_id = by.post_id if by.is_staff else None
        seat.save(update_fields=["word", "said_at", "said_by"])
        record("meeting.word", about=seat, by=by, word=str(word))
        changed(seat.school_id, Topic.ROUNDS)
        signals.said.send(sender=GuestSeat, seat=seat, word=word, now=now)
    signals.said_together.send(sender=GuestSeat, seats=list(seats), word=word, now=now)
    return list(seats)
