"""Meetings in a person's own calendar: one file, or an address that a calendar asks; RFC 5545, and sparing of names."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from porchlight.conversations.tests.conftest import Town
from porchlight.families.models import Guardianship
from porchlight.meetings.around.calendars import Reader, calendar_of, file_of
from porchlight.meetings.arranging import call_off, move
from porchlight.meetings.models import CalendarFeed, Meeting, Mode, Sort
from porchlight.meetings.tests.around import BASE, hers, html, mother_apart, opens, posts
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.toolbox.keys import hushed

READER = Reader("en", "/maple-street/meetings/{key}/")


def lines(raw: bytes) -> list[str]:
    """Unfolded, as RFC 5545 (3.1) says."""
    return raw.decode().replace("\r\n ", "").split("\r\n")


def event_in(raw: bytes):
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    return event


def test_a_file_says_when_and_where_and_names_no_child(town: Town) -> None:
    meeting = meet(town)
    raw = file_of(meeting, reader=READER, now=NOW)
    found = lines(raw)
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-2:] == ["END:VCALENDAR", ""]
    assert "METHOD:PUBLISH" in found
    assert "STATUS:CONFIRMED" in found
    assert "SUMMARY:School meeting" in found
    assert f"UID:meeting-{meeting.key}@porchlight" in found
    assert "SEQUENCE:0" in found
    assert "DTSTART;TZID=Europe/London:20261015T170000" in found
    assert "DTEND;TZID=Europe/London:20261015T171000" in found
    assert "LOCATION:Room 4\\, Maple Street School" in found
    assert "BEGIN:VTIMEZONE" in found
    assert "TZID:Europe/London" in found
    assert [name for name in ("Hamza", "Yousaf", "Amal") if name in raw.decode()] == []


def test_every_line_ends_as_it_should_and_is_folded_at_75_octets(town: Town) -> None:
    meeting = meet(town, place="بڑا ہال، پہلی منزل، سیڑھیوں کے ساتھ والا کمرہ، دروازہ نمبر چار")
    raw = file_of(meeting, reader=READER, now=NOW)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    for line in raw.split(b"\r\n"):
        line.decode()  # no letter is cut in two
    assert str(event_in(raw)["location"]).startswith(meeting.place)


def test_what_stands_in_a_place_cannot_write_lines_of_its_own(town: Town) -> None:
    meeting = meet(town, place="Room 4\r\nATTENDEE:mailto:x@example.org;,\\")
    raw = file_of(meeting, reader=READER, now=NOW)
    assert [line for line in lines(raw) if line.startswith("ATTENDEE")] == []


def test_moved_it_keeps_its_name_and_counts_up_and_off_it_takes_itself_out(town: Town) -> None:
    meeting = meet(town)
    before = event_in(file_of(meeting, reader=READER, now=NOW))
    later = THURSDAY + timedelta(hours=1)
    meeting = move(
        meeting, starts_at=later, ends_at=later + timedelta(minutes=10), by=town.amal.actor(), now=NOW
    )
    moved = event_in(file_of(meeting, reader=READER, now=NOW))
    meeting = call_off(meeting, why="school", by=town.amal.actor(), now=NOW)
    raw = file_of(meeting, reader=READER, now=NOW)
    off = event_in(raw)
    assert before["uid"] == moved["uid"] == off["uid"]
    assert [one["sequence"] for one in (before, moved, off)] == [0, 1, 2]
    assert "METHOD:CANCEL" in lines(raw)
    assert off["status"] == "CANCELLED"
    assert moved["dtstart"].dt == later


def test_written_read_and_written_again_it_says_the_same(town: Town) -> None:
    raw = file_of(meet(town), reader=READER, now=NOW)
    assert Calendar.from_ical(Calendar.from_ical(raw).to_ical()) == Calendar.from_ical(raw)


def test_across_the_end_of_summer_time_the_hour_on_the_wall_stays_right(town: Town) -> None:
    in_november = THURSDAY.replace(month=11, day=5, hour=17)
    event = event_in(file_of(meet(town, in_november), reader=READER, now=NOW))
    assert event["dtstart"].dt == in_november
    assert event["dtstart"].dt.strftime("%H:%M") == "17:00"


def test_of_counselling_and_of_a_visit_no_place_is_told(town: Town) -> None:
    quiet = meet(town, sort=Sort.COUNSELLING)
    visit = meet(town, THURSDAY + timedelta(hours=1), sort=Sort.VISIT, mode=Mode.HOME, place="12 Mill Lane")
    raw = calendar_of([quiet, visit], school=town.school, reader=READER, now=NOW)
    assert [line for line in lines(raw) if line.startswith("LOCATION")] == []
    assert "12 Mill Lane" not in raw.decode()
    assert "ounselling" not in raw.decode()


@pytest.mark.filterwarnings("ignore::icalendar.error.GloballyUniqueTZIDGuessed")
def test_published_examples_are_read_and_written_without_losing_an_event(shared: Path) -> None:
    """The library we write with holds the vectors: the same events after a round trip."""
    tried = 0
    for path in sorted((shared / "standards" / "icalendar" / "icalendar").rglob("*.ics"))[:80]:
        try:
            first = Calendar.from_ical(path.read_bytes(), multiple=True)
            again = Calendar.from_ical(b"".join(one.to_ical() for one in first), multiple=True)
        except ValueError:
            continue  # named broken or fuzzed: an error is an answer, a crash is none
        tried += 1
        assert [len(one.walk("VEVENT")) for one in first] == [len(one.walk("VEVENT")) for one in again]
    assert tried > 20


def address_of(page: str) -> str:
    start = page.index("webcal://")
    return "/" + page[start : page.index('"', start)].removeprefix("webcal://").partition("/")[2]


def asks(path: str, at=NOW):
    """A calendar, which nobody signed in."""
    with time_machine.travel(at, tick=False):
        return Client().get(path)


def test_a_fathers_calendar_asks_without_a_sign_in_and_sees_his_meetings_alone(town: Town) -> None:
    mother = mother_apart(town)
    own, other = meet(town), hers(town, mother)
    path = address_of(html(posts(town.yousaf.guardian, "/meetings/calendar/")))
    answer = asks(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    uids = [str(event["uid"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert uids == [f"meeting-{own.key}@porchlight"]
    assert other.key not in answer.content.decode()
    assert "SUMMARY:سکول کی ملاقات" in lines(answer.content)
    assert "Hamza" not in answer.content.decode()


def test_the_child_is_named_only_where_the_family_asks_for_it(town: Town) -> None:
    meet(town)
    path = address_of(html(posts(town.yousaf.guardian, "/meetings/calendar/", names="on")))
    assert "Hamza" in asks(path).content.decode()
    path = address_of(html(posts(town.amal, "/meetings/mine/calendar/", names="on")))
    assert "Hamza" not in asks(path).content.decode()


def test_the_secret_is_kept_as_a_print_renewed_and_taken_back(town: Town) -> None:
    meet(town)
    first = address_of(html(posts(town.yousaf.guardian, "/meetings/calendar/")))
    secret = first.split("/")[-2]
    assert secret not in str(list(CalendarFeed.objects.values()))
    assert secret not in html(opens(town.yousaf.guardian, "/meetings/calendar/"))
    assert hushed(first) == f"{BASE}/calendars/…/meetings.ics"
    second = address_of(html(posts(town.yousaf.guardian, "/meetings/calendar/")))
    assert (asks(first).status_code, asks(second).status_code) == (404, 200)
    posts(town.yousaf.guardian, "/meetings/calendar/removal/")
    assert asks(second).status_code == 404
    assert asks(f"{BASE}/calendars/{'a' * 26}/meetings.ics").status_code == 404


def test_an_address_of_one_school_opens_nothing_at_another(town: Town) -> None:
    meet(town)
    path = address_of(html(posts(town.yousaf.guardian, "/meetings/calendar/")))
    assert asks(path.replace("maple-street", "oak-lane")).status_code == 404


def test_who_may_no_longer_be_told_and_who_has_left_get_nothing(town: Town) -> None:
    meet(town)
    his = address_of(html(posts(town.yousaf.guardian, "/meetings/calendar/")))
    hers_at_work = address_of(html(posts(town.amal, "/meetings/mine/calendar/")))
    assert b"VEVENT" in asks(hers_at_work).content
    Guardianship.objects.update(may_receive=False)
    assert b"VEVENT" not in asks(his).content
    town.amal.left_at = NOW
    town.amal.save()
    assert asks(hers_at_work).status_code == 404


def test_what_is_off_stays_in_a_calendar_as_off(town: Town) -> None:
    call_off(meet(town), why="school", by=town.amal.actor(), now=NOW)
    path = address_of(html(posts(town.yousaf.guardian, "/meetings/calendar/")))
    assert "STATUS:CANCELLED" in lines(asks(path).content)


def test_an_address_is_asked_sixty_times_an_hour_at_most(town: Town) -> None:
    path = address_of(html(posts(town.yousaf.guardian, "/meetings/calendar/")))
    assert [asks(path).status_code for _ in range(61)] == [200] * 60 + [429]
    assert asks(path, NOW + timedelta(hours=2)).status_code == 200


def test_a_file_of_somebody_elses_meeting_is_not_there(town: Town) -> None:
    mother = mother_apart(town)
    theirs = hers(town, mother)
    assert opens(town.yousaf.guardian, f"/meetings/{theirs.key}/meeting.ics").status_code == 404
    assert opens(mother, f"/meetings/{theirs.key}/meeting.ics").status_code == 200
    assert opens(town.reyes, f"/at-meetings/{theirs.key}/meeting.ics").status_code == 404
    assert Meeting.objects.count() == 1
