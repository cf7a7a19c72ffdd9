"""A meeting of these hours moves or is called off: the family is told in its language, and asked whether it suits."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from porchlight.meetings.arranging import call_off, move
from porchlight.meetings.hours.words import booked, line, tell_one, voice_of, words
from porchlight.meetings.models import InterpreterBooking, Meeting
from porchlight.meetings.whether import ask_whether
from porchlight.schools.actors import Actor


@transaction.atomic
def move_and_ask(
    meeting: Meeting, *, starts_at: datetime, ends_at: datetime, by: Actor, now: datetime
) -> Meeting:
    """To another time; the interpreter says anew whether they can. Raises Taken."""
    meeting = move(meeting, starts_at=starts_at, ends_at=ends_at, by=by, now=now)
    InterpreterBooking.objects.in_school(meeting.school_id).filter(meeting=meeting).standing().update(
        word="", said_at=None
    )
    lines = [line("hours_moved", child=meeting.student.short_name), *booked(meeting)]
    voice = voice_of(meeting.sort, by, meeting.student.school)
    for seat in meeting.guests.select_related("guardian", "meeting__student__school"):
        said = words(lines, meeting.student.school, seat.guardian)
        ask_whether(seat, said, closes_at=starts_at, by=voice, now=now)
    return meeting


@transaction.atomic
def call_off_and_tell(meeting: Meeting, *, by: Actor, now: datetime) -> Meeting:
    """It cannot take place: each adult reads so, and how to get another time. Twice says nothing more."""
    was_on = meeting.is_on
    meeting = call_off(meeting, why="school", by=by, now=now)
    if was_on:
        lines = [line("hours_off", child=meeting.student.short_name, when=meeting.starts_at)]
        voice = voice_of(meeting.sort, by, meeting.student.school)
        for seat in meeting.guests.select_related("guardian"):
            tell_one(seat.guardian, meeting.student, lines, now=now, by=voice)
    return meeting
