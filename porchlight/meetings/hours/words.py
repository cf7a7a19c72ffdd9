"""What homes are told of hours and calls, in every language we have phrases in."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.conversations.saying import Line, line, said_at_home
from porchlight.conversations.tell import tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.design.moments import clock
from porchlight.families.models import Guardian, Student
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.models import Meeting, Mode, Sort
from porchlight.schools.actors import Actor, school_itself
from porchlight.schools.models import School
from porchlight.toolbox.scripts import autonym, base

STRAIGHT_AWAY = timedelta()
HOW = {Mode.IN_PERSON: "hours_at_school", Mode.VIDEO: "hours_by_video", Mode.PHONE: "hours_by_phone"}


def voice_of(sort: str, by: Actor, school: School) -> Actor:
    """Who speaks in a thread, which others at school read too: of counselling the school, and no name."""
    return school_itself(school) if sort == Sort.COUNSELLING else by


def booked(meeting: Meeting) -> list[Line]:
    """With whom, when, and how; of counselling neither with whom nor where."""
    if meeting.sort == Sort.COUNSELLING:
        return [line("meeting_line", child=meeting.student.short_name, when=meeting.starts_at)]
    said = [
        line(
            "hours_booked",
            child=meeting.student.short_name,
            name=meeting.names,
            when=meeting.starts_at,
        )
    ]
    if meeting.mode in HOW:
        said.append(line(HOW[Mode(meeting.mode)]))
    if meeting.mode == Mode.IN_PERSON and meeting.place:
        said.append(line("", words=meeting.place))
    return said


def ringing(meeting: Meeting, guardian: Guardian) -> list[Line]:
    """Who rings them, from when until when, in which language."""
    school = meeting.school
    until = clock(meeting.ends_at, zone=guardian.zone(school.zone))
    said = [line("call_promised", name=meeting.names, when=meeting.starts_at, by=until)]
    spoken = spoken_in(meeting, guardian)
    return [*said, line("call_spoken", spoken=autonym(spoken))] if spoken else said


def spoken_in(meeting: Meeting, guardian: Guardian) -> str:
    """Their language, where it will be spoken: with an interpreter, by the colleague, or as the school's own."""
    theirs = base(guardian.speaks)
    if meeting.language:
        return meeting.language
    hosts = meeting.hosts.values("staff")
    known = KnownLanguage.objects.in_school(meeting.school_id).filter(staff__in=hosts, language=theirs)
    return theirs if theirs == base(meeting.school.language) or known.exists() else ""


def words(lines: list[Line], school: School, guardian: Guardian) -> Words:
    """On the clock of their home."""
    return said_at_home(lines, guardian, school)


def tell_one(
    guardian: Guardian, student: Student, lines: list[Line], *, now: datetime, by: Actor | None = None
) -> None:
    """Into this adult's thread alone."""
    school = student.school
    tell(
        school=school,
        recipients=[Recipient(guardian, (student,))],
        utterance=Utterance(words=words(lines, school, guardian)),
        by=by or school_itself(school),
        now=now,
        hold=STRAIGHT_AWAY,
    )
