"""What families read of their times, in every language of the phrase book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from porchlight.conversations.saying import Line, line, said_in_all
from porchlight.conversations.wording import Words
from porchlight.meetings.models import GuestSeat, HostSeat, Meeting, Mode
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
    zone = school.zone if at_school else seats[0].guardian.zone(school.zone)
    return said_in_all(lines, school, zone=zone)


def no_other_time(meeting: Meeting, school: School, *, by: datetime) -> Words:
    """They asked for another time, and there is none: the one they have stays theirs, and a person gets in touch."""
    return _by_a_day("round_no_other_time", meeting, school, by)


def off(meeting: Meeting, school: School, *, by: datetime) -> Words:
    """It cannot be held, and there is no other time yet."""
    return _by_a_day("round_time_off", meeting, school, by)


def _by_a_day(phrase: str, meeting: Meeting, school: School, by: datetime) -> Words:
    child, day = meeting.student.short_name, school.local(by).date()
    return said_in_all([line(phrase, when=meeting.starts_at, child=child, day=day)], school)


def closes_at(seats: Sequence[GuestSeat]) -> datetime:
    """The question stays open until the last of them begins."""
    return max(one.meeting.starts_at for one in seats)


def _one(meeting: Meeting, school: School) -> Line:
    who = ", ".join(
        HostSeat.objects.filter(meeting=meeting).order_by("pk").values_list("staff__name", flat=True)
    )
    where: Words | str = meeting.place
    if phrase := IN_OTHER_WAYS.get(Mode(meeting.mode)):
        where = said_in_all([line(phrase)], school)
    return line("round_time", when=meeting.starts_at, child=meeting.student.short_name, who=who, where=where)
