"""A family takes a free time. Of two who want the same one, the second is told kindly and shown others."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from porchlight.families.models import Guardian, Student
from porchlight.meetings.arranging import arrange, call_off, free_or_taken
from porchlight.meetings.hours.free import for_guardian, free_times
from porchlight.meetings.hours.slots import Slot
from porchlight.meetings.hours.words import booked, tell_one
from porchlight.meetings.models import AtMeetings, HoursFor, Meeting, Mode, Sort
from porchlight.schools.actors import Actor
from porchlight.schools.models import StaffMember


class Gone(Exception):
    """The time is no longer free, or not in this way."""


@transaction.atomic
def book(
    slot: Slot,
    *,
    staff: StaffMember,
    student: Student,
    guardian: Guardian,
    mode: Mode,
    by: Actor,
    now: datetime,
    purpose: HoursFor = HoursFor.FAMILIES,
    tells: bool = True,
) -> Meeting:
    """Arrange it. Raises Gone, or Taken of two at the same moment. `tells`: the family reads it in its thread too."""
    free_or_taken([staff], slot.starts_at, slot.ends_at)  # from here on nobody else books this colleague
    if not still_free(slot, guardian=guardian, student=student, mode=mode, now=now, purpose=purpose):
        raise Gone
    meeting = arrange(
        sort=Sort.COUNSELLING if purpose == HoursFor.COUNSELLING else Sort.OFFICE_HOUR,
        mode=mode,
        student=student,
        guests=[guardian],
        hosts=[staff],
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=place_of(staff) if mode == Mode.IN_PERSON else "",
        by=by,
        now=now,
    )
    if tells:
        tell_one(guardian, student, booked(meeting), now=now)
    return meeting


def still_free(
    slot: Slot, *, guardian: Guardian, student: Student, mode: Mode, now: datetime, purpose: HoursFor
) -> bool:
    """Whether the colleague keeps this time, is there and free, and it suits this adult in this way."""
    school = student.school
    times = for_guardian(free_times(school, [slot.staff], now=now, purpose=purpose), guardian, school)
    return any(
        (one.starts_at, one.ends_at) == (slot.starts_at, slot.ends_at) and mode in one.modes for one in times
    )


def place_of(staff: StaffMember) -> str:
    """Where families find them; empty where they said nothing."""
    said = AtMeetings.objects.in_school(staff.school_id).filter(staff=staff).first()
    return said.place if said is not None else ""


@transaction.atomic
def give_back(meeting: Meeting, *, by: Actor, now: datetime) -> Meeting:
    """The family cannot come after all: the time is free for others."""
    return call_off(meeting, why="family", by=by, now=now)
