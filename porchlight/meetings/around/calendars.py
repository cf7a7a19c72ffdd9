"""Meetings as a calendar file (RFC 5545): little is said in it, since whoever holds a phone or an address reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext, override
from icalendar import Calendar, Event, vCalAddress, vText

from porchlight.design.direction import page_language, page_languages
from porchlight.meetings.models import Meeting, Mode, Sort
from porchlight.schools.models import School
from porchlight.toolbox import scripts

PRODUCT = "-//Porchlight//Meetings//EN"
NOBODYS_MAIL = "invalid:nomail"  # a calendar must name who invites; the school is not written to from there
ASK_AGAIN = timedelta(hours=4)
PUBLISH, CANCEL = "PUBLISH", "CANCEL"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose calendar it is: its language, where its pages are, and whether children are named in it."""

    language: str
    page: str  # the path of a meeting's page, with `{key}` in it
    names_children: bool = False


def calendar_of(meetings: Iterable[Meeting], *, school: School, reader: Reader, now: datetime) -> bytes:
    """All of them, also those called off, which say so: a calendar that had them takes them away."""
    return _calendar(meetings, PUBLISH, school, reader, now)


def file_of(meeting: Meeting, *, reader: Reader, now: datetime) -> bytes:
    """One, to be opened on a phone. Of one that is off, the word that takes it out again."""
    return _calendar([meeting], PUBLISH if meeting.is_on else CANCEL, meeting.school, reader, now)


def _calendar(
    meetings: Iterable[Meeting], method: str, school: School, reader: Reader, now: datetime
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", school.name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    with override(reader.language if reader.language in page_languages() else settings.LANGUAGE_CODE):
        for meeting in meetings:
            calendar.add_component(_event(meeting, school, reader, now))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(meeting: Meeting, school: School, reader: Reader, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.key}@porchlight")
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", meeting.starts_at.astimezone(school.zone))
    event.add("dtend", meeting.ends_at.astimezone(school.zone))
    event.add("sequence", meeting.revision)
    event.add("status", "CONFIRMED" if meeting.is_on else "CANCELLED")
    event.add("summary", _summary(meeting, reader))
    event.add("class", "PRIVATE")
    event.add("url", f"{settings.BASE_URL}{reader.page.format(key=meeting.key)}")
    organizer = vCalAddress(NOBODYS_MAIL)
    organizer.params["CN"] = vText(school.name)
    event.add("organizer", organizer)
    if where := _where(meeting, school):
        event.add("location", where)
    return event


def _summary(meeting: Meeting, reader: Reader) -> str:
    words = gettext("School meeting")
    return f"{words}: {meeting.student.short_name}" if reader.names_children else words


def _where(meeting: Meeting, school: School) -> str:
    """Neither of counselling nor where the family chose the place: that is theirs to write down."""
    if meeting.mode == Mode.PHONE:
        return gettext("By telephone")
    if meeting.mode == Mode.VIDEO:
        return gettext("By video")
    if meeting.sort == Sort.COUNSELLING or meeting.mode == Mode.HOME:
        return ""
    return scripts.comma(page_language()).join(filter(None, (meeting.place, school.name)))
