"""The door of a video meeting: when it opens, for whom, and what it says when there is no room behind it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.families.models import Guardianship
from porchlight.meetings.arranging import call_off
from porchlight.meetings.joining import link_of
from porchlight.meetings.models import Meeting, VideoAccount, VideoRoom
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.meetings.tests.video_kit import BASE, by_video
from porchlight.meetings.video.accounts import open_account
from porchlight.meetings.video.contract import NoRoom
from porchlight.meetings.video.meanings import BUSY
from porchlight.meetings.video.rooms import want_rooms, work
from porchlight.schools.actors import Role

OPENS = THURSDAY - timedelta(minutes=15)
pytestmark = pytest.mark.django_db


def account(town: Town) -> VideoAccount:
    return open_account(
        school=town.school, company="jitsi", settings={"base_url": "https://meet.example.org"}, secrets={},
        by=town.okafor.actor(), now=NOW,
    )  # fmt: skip


@pytest.fixture
def ready(town: Town) -> Meeting:
    account(town)
    meeting = by_video(town)
    with time_machine.travel(NOW, tick=False):
        assert want_rooms(town.school, NOW)
        assert work(town.school.pk) == 1
    return meeting


def at(browser: Client, path: str, moment: datetime) -> Any:
    with time_machine.travel(moment, tick=False):
        return browser.get(f"{BASE}{path}")


def test_too_early_it_says_when_and_sends_nobody_anywhere(town: Town, ready: Meeting) -> None:
    father = browser_of(town.yousaf.guardian)
    page = at(father, f"/meetings/{ready.key}/joining/", OPENS - timedelta(minutes=1))
    assert "Thursday 15 October 4.45 pm" in page.content.decode()
    assert "meet.example.org" not in page.content.decode()
    sent = at(father, f"/meetings/{ready.key}/video-room/", OPENS - timedelta(minutes=1))
    assert sent.url == f"{BASE}/meetings/{ready.key}/joining/"


@pytest.mark.parametrize("minutes", [0, 15, 84])
def test_in_its_hour_it_opens_and_says_with_whom_the_browser_talks(
    town: Town, ready: Meeting, minutes: int
) -> None:
    father = browser_of(town.yousaf.guardian)
    page = at(father, f"/meetings/{ready.key}/joining/", OPENS + timedelta(minutes=minutes)).content.decode()
    assert "talks to the school’s own server and to no company" in page
    assert "meet.example.org" not in page
    sent = at(father, f"/meetings/{ready.key}/video-room/", OPENS + timedelta(minutes=minutes))
    assert (sent.status_code, sent["Referrer-Policy"]) == (302, "no-referrer")
    assert sent.url.startswith(f"https://meet.example.org/{VideoRoom.objects.get().place['room']}")


def test_an_hour_after_its_end_it_is_shut(town: Town, ready: Meeting) -> None:
    page = at(
        browser_of(town.yousaf.guardian), f"/meetings/{ready.key}/joining/", THURSDAY + timedelta(minutes=71)
    )
    assert "This meeting is over." in page.content.decode()


def test_the_host_goes_in_and_a_colleague_who_only_sees_it_does_not(town: Town, ready: Meeting) -> None:
    ours = f"/at-meetings/{ready.key}/video-room/"
    assert at(browser_of(town.amal), ours, OPENS).url.startswith("https://meet.example.org/")
    for other in (town.okafor, town.reyes, staff(town.school, "Mr Hill", Role.TEACHER)):
        assert at(browser_of(other), ours, OPENS).status_code == 404
        assert at(browser_of(other), f"/at-meetings/{ready.key}/joining/", OPENS).status_code == 404


def test_a_parent_who_is_not_asked_to_it_finds_nothing(town: Town, ready: Meeting) -> None:
    mother = town.home(2).guardian
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    for path in ("joining", "video-room"):
        assert at(browser_of(mother), f"/meetings/{ready.key}/{path}/", OPENS).status_code == 404


def test_nobody_who_is_not_signed_in_is_sent_anywhere_but_to_the_sign_in(town: Town, ready: Meeting) -> None:
    sent = at(Client(), f"/meetings/{ready.key}/video-room/", OPENS)
    assert sent.url.startswith(f"{BASE}/sign-in/")


def test_without_a_room_the_telephone_is_offered(town: Town) -> None:
    town.school.phone = "+441632960100"
    town.school.save()
    account(town)
    meeting = by_video(town)
    page = at(browser_of(town.yousaf.guardian), f"/meetings/{meeting.key}/joining/", OPENS).content.decode()
    assert "The video room could not be made. That is not your fault." in page
    assert "ring the school at" in page
    assert "960100" in page


def test_what_is_called_off_opens_nothing(town: Town, ready: Meeting) -> None:
    call_off(ready, why="school", by=town.amal.actor(), now=NOW)
    father = browser_of(town.yousaf.guardian)
    page = at(father, f"/meetings/{ready.key}/joining/", OPENS)
    assert "This meeting is off." in page.content.decode()
    assert at(father, f"/meetings/{ready.key}/video-room/", OPENS).url.startswith(BASE)


def test_the_link_in_a_calendar_is_our_own(town: Town, ready: Meeting, settings: LazySettings) -> None:
    ours = f"{settings.BASE_URL}{BASE}"
    assert link_of(ready, for_host=False) == f"{ours}/meetings/{ready.key}/joining/"
    assert link_of(ready, for_host=True) == f"{ours}/at-meetings/{ready.key}/joining/"


def test_there_is_no_link_to_a_meeting_at_school_nor_where_nothing_is_connected(town: Town) -> None:
    assert link_of(by_video(town), for_host=False) == ""
    account(town)
    assert link_of(meet(town, THURSDAY + timedelta(hours=1)), for_host=False) == ""


def test_the_office_connects_tests_chooses_and_closes(town: Town) -> None:
    office, url = browser_of(town.okafor), f"{BASE}/settings/video/"
    page = office.get(f"{url}new/zoom/").content.decode()
    assert "a company that may keep who spoke when" in page
    bad = office.post(f"{url}new/jitsi/", {"base_url": "http://meet.example.org"})
    assert bad.status_code == 422
    made = office.post(f"{url}new/jitsi/", {"base_url": "https://meet.example.org", "audience": "jitsi"})
    row = VideoAccount.objects.get()
    assert (made.url, row.used_since is not None) == (f"{url}{row.key}/", True)
    office.post(f"{url}{row.key}/test/")
    row.refresh_from_db()
    assert row.test_wanted_at is not None or row.tested_at is not None
    second = office.post(
        f"{url}new/big_blue_button/",
        {"base_url": "https://bbb.example.org/bigbluebutton/", "secret": "very secret"},
    )
    assert "very secret" not in office.get(second.url).content.decode()
    office.post(f"{second.url}choice/")
    row.refresh_from_db()
    assert row.used_since is None
    office.post(f"{second.url}closing/")
    assert office.get(second.url).status_code == 404
    assert VideoAccount.objects.open().count() == 1


def test_a_teacher_sees_none_of_it(town: Town) -> None:
    key, teacher = account(town).key, browser_of(town.amal)
    for path in ("", "new/zoom/", f"{key}/"):
        assert teacher.get(f"{BASE}/settings/video/{path}").status_code == 404
    for path in ("test", "choice", "closing"):
        assert teacher.post(f"{BASE}/settings/video/{key}/{path}/").status_code == 404


def test_the_office_reads_which_meetings_have_no_room_and_why(town: Town) -> None:
    row = account(town)
    by_video(town)
    with time_machine.travel(THURSDAY - timedelta(hours=2), tick=False):
        want_rooms(town.school, THURSDAY - timedelta(hours=2))

        def refuses(_call: object) -> object:
            raise NoRoom(BUSY, "x")

        row.company = "big_blue_button"
        row.keep_secrets({**row.secrets, "secret": "x"})
        row.save()
        work(town.school.pk, carry=refuses)  # type: ignore[arg-type]  # it never answers
        office = browser_of(town.okafor)
        page = office.get(f"{BASE}/settings/video/").content.decode()
    assert "These meetings have no video room" in page
    assert "Porchlight asks again by itself." in page


def test_who_interprets_comes_in_as_a_guest_and_never_as_the_host_whose_account_it_is(town: Town) -> None:
    """Zoom's address for hosts opens the meeting as that colleague, whoever holds it."""
    noor = staff(town.school, "Mr Noor", Role.INTERPRETER)
    zoom = {"account_id": "a", "client_id": "c"}
    made = open_account(
        school=town.school, company="zoom", settings=zoom, secrets={"client_secret": "s"},
        by=town.okafor.actor(), now=NOW,
    )  # fmt: skip
    meeting = by_video(town, interpreter=noor, language="ur")
    room = VideoRoom(school=town.school, meeting=meeting, account=made, made_at=NOW)
    room.keep_place({"id": "1", "join": "https://zoom.us/j/1", "host": "https://zoom.us/s/1?zak=hers"})
    room.save()
    ours = f"/at-meetings/{meeting.key}/video-room/"
    assert at(browser_of(town.amal), ours, OPENS).url == "https://zoom.us/s/1?zak=hers"
    assert at(browser_of(noor), ours, OPENS).url == "https://zoom.us/j/1"
