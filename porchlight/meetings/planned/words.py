"""What families read of their times, in every language of the phrase book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from porchlight.conversations.saying import Line, line, said_at_home, said_in_all
from porchlight.conversations.wording import Words
from porchlight.meetings.models import GuestSeat, Meeting, Mode
from porchlight.schools.models import School

FIRST = {
    "times": "round_times",
    "found": "round_time_found",  # as they asked
    "changed": "round_time_changed",  # the school had to
    "moved": "round_time_moved",
}
IN_OTHER_WAYS = {Mode.VIDEO: "round_by_video", Mode.PHONE: "round_by_phone", Mode.HOME: "round_at_home"}


def words_for(seats: Sequence[GuestSeat], how: str, school: School) -> Words:
    """All times of one adult. Those at school are said on the school's clock; else on that of the adult's home."""
    meetings = [one.meeting for one in seats]
    lines = [line(FIRST[how], school=school.name), *(_one(each, school) for each in meetings)]
    if any(one.interpreter_id is not None for one in meetings):
        lines.append(line("round_with_interpreter"))
    at_school = any(one.mode == Mode.IN_PERSON for one in meetings)
    return said_at_home(lines, seats[0].guardian, school, zone=school.zone if at_school else None)


def no_other_time(seat: GuestSeat, school: School, *, by: datetime) -> Words:
    """They asked for another time, and there is none: the one they have stays theirs, and a person gets in touch."""
    return _by_a_day("round_no_other_time", seat, school, by)


def off(seat: GuestSeat, school: School, *, by: datetime) -> Words:
    """It cannot be held, and there is no other time yet."""
    return _by_a_day("round_time_off", seat, school, by)


def _by_a_day(phrase: str, seat: GuestSeat, school: School, by: datetime) -> Words:
    meeting, day = seat.meeting, school.local(by).date()
    said = line(phrase, when=meeting.starts_at, child=meeting.student.short_name, day=day)
    return said_at_home([said], seat.guardian, school, zone=school.zone)


def closes_at(seats: Sequence[GuestSeat]) -> datetime:
    """The question stays open until the last of them begins."""
    return max(one.meeting.starts_at for one in seats)


def _one(meeting: Meeting, school: School) -> Line:
    where: Words | str = meeting.place
    if phrase := IN_OTHER_WAYS.get(Mode(meeting.mode)):
        where = said_in_all([line(phrase)], school)
    return line(
        "round_time",
        when=meeting.starts_at,
        child=meeting.student.short_name,
        who=meeting.names,
        where=where,
    )
