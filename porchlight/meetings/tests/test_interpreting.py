"""Interpreters: who is free is asked, they say yes or no, and see that meeting and nothing else of the child."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.errands.models import Errand
from porchlight.families.models import Guardian
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.arranging import Taken
from porchlight.meetings.hours.interpreting import CannotInterpret, book_interpreter, who_can
from porchlight.meetings.models import AtMeetings, InterpreterBooking, Meeting
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.meetings.tests.hours_kit import BASE, at, keeps
from porchlight.schools.actors import Role
from porchlight.schools.models import Away, StaffMember


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def interpreter(town: Town, name: str, language: str = "ur") -> StaffMember:
    person = staff(town.school, name, Role.INTERPRETER)
    KnownLanguage.objects.create(school=town.school, staff=person, language=language)
    return person


@pytest.fixture
def noor(town: Town) -> StaffMember:
    return interpreter(town, "Mr Noor")


@pytest.fixture
def hour(town: Town) -> Meeting:
    return meet(town, at(15, 16), sort="office_hour")


def test_who_knows_the_language_and_is_there_then(town: Town, noor: StaffMember, hour: Meeting) -> None:
    interpreter(town, "Mr Gil", "es")
    assert who_can(hour, "ur") == [noor]
    keeps(noor, purpose="interpreting", starts=time(9), ends=time(12))
    assert who_can(hour, "ur") == []
    keeps(noor, purpose="interpreting", starts=time(15), ends=time(17))
    assert who_can(hour, "ur-Latn") == [noor]
    Away.objects.create(school=town.school, staff=noor, since=date(2026, 10, 15), until=date(2026, 10, 15))
    assert who_can(hour, "ur") == []


def test_a_woman_where_they_wish_one_and_nobody_of_the_own_family(
    town: Town, noor: StaffMember, hour: Meeting
) -> None:
    sana = interpreter(town, "Ms Sana")
    AtMeetings.objects.create(school=town.school, staff=sana, person="woman")
    assert who_can(hour, "ur", person="woman") == [sana]
    Guardian.objects.filter(pk=town.yousaf.guardian.pk).update(user=noor.user)
    assert who_can(hour, "ur") == [sana]
    with pytest.raises(CannotInterpret):
        book_interpreter(hour, staff=noor, language="ur", by=town.amal.actor(), now=NOW)


def test_they_are_asked_confirm_and_see_that_meeting_alone(
    town: Town, noor: StaffMember, hour: Meeting
) -> None:
    desk = browser_of(town.amal)
    assert "Mr Noor" in desk.get(f"{BASE}/hours/booked/{hour.key}/").content.decode()
    desk.post(f"{BASE}/hours/booked/{hour.key}/interpreter/", {"staff": noor.key, "language": "ur"})
    row = InterpreterBooking.objects.get()
    theirs = browser_of(noor)
    page = theirs.get(f"{BASE}/interpreting/{hour.key}/").content.decode()
    assert "Hamza" in page
    assert "Yousaf" not in page
    assert town.yousaf.address.value not in page
    theirs.post(f"{BASE}/interpreting/bookings/{row.key}/word/", {"word": "yes"})
    row.refresh_from_db()
    assert (row.word, row.said_at) == ("yes", NOW)
    for closed in (
        f"students/{town.yousaf.student.key}/",
        f"hours/booked/{hour.key}/",
        f"threads/{town.thread.key}/",
        f"counselling/for/{town.yousaf.student.key}/",
    ):
        assert theirs.get(f"{BASE}/{closed}").status_code == 404
    other = meet(town, at(16, 16), sort="office_hour")
    assert list(Meeting.objects.visible_to(noor.actor())) == [hour]
    assert theirs.get(f"{BASE}/interpreting/{other.key}/").status_code == 404


def test_who_cannot_sees_it_no_more_and_the_office_finds_somebody(
    town: Town, noor: StaffMember, hour: Meeting
) -> None:
    row = book_interpreter(hour, staff=noor, language="ur", by=town.amal.actor(), now=NOW)
    theirs = browser_of(noor)
    theirs.post(f"{BASE}/interpreting/bookings/{row.key}/word/", {"word": "no"})
    hour.refresh_from_db()
    assert (hour.interpreter, hour.language) == (None, "ur")
    assert theirs.get(f"{BASE}/interpreting/{hour.key}/").status_code == 404
    errand = Errand.objects.get()
    assert (errand.kind, errand.assigned_to, errand.due_at) == (
        "find_interpreter",
        town.okafor,
        hour.starts_at,
    )
    assert hour.key in browser_of(town.okafor).get(f"{BASE}/interpreting/").content.decode()
    sana = interpreter(town, "Ms Sana")
    book_interpreter(hour, staff=sana, language="ur", by=town.okafor.actor(), now=NOW)
    errand.refresh_from_db()
    assert errand.done_at == NOW


def test_nobody_interprets_twice_at_once_and_another_takes_their_place(
    town: Town, noor: StaffMember, hour: Meeting
) -> None:
    book_interpreter(hour, staff=noor, language="ur", by=town.amal.actor(), now=NOW)
    other = town.home(2)
    second = meet(town, at(15, 16, 5), student=other.student, guests=[other.guardian], hosts=[town.okafor])
    assert who_can(second, "ur") == []
    with pytest.raises(Taken):
        book_interpreter(second, staff=noor, language="ur", by=town.amal.actor(), now=NOW)
    sana = interpreter(town, "Ms Sana")
    book_interpreter(hour, staff=sana, language="ur", by=town.amal.actor(), now=NOW)
    assert list(Meeting.objects.visible_to(noor.actor())) == []
    assert book_interpreter(second, staff=noor, language="ur", by=town.amal.actor(), now=NOW).staff == noor


def test_whose_booking_it_is_not_says_nothing_to_it(town: Town, noor: StaffMember, hour: Meeting) -> None:
    row = book_interpreter(hour, staff=noor, language="ur", by=town.amal.actor(), now=NOW)
    page = f"{BASE}/interpreting/bookings/{row.key}/word/"
    assert browser_of(town.amal).post(page, {"word": "no"}).status_code == 404
    assert list(InterpreterBooking.objects.visible_to(town.yousaf.guardian.actor())) == []


def test_on_the_telephone_their_wish_for_a_woman_holds_for_who_interprets_too(
    town: Town, noor: StaffMember
) -> None:
    Guardian.objects.filter(pk=town.yousaf.guardian.pk).update(may_ring="woman")
    sana = interpreter(town, "Ms Sana")
    AtMeetings.objects.create(school=town.school, staff=sana, person="woman")
    call = meet(town, at(15, 16), sort="call_back", mode="phone")
    page = browser_of(town.amal).get(f"{BASE}/hours/booked/{call.key}/").content.decode()
    assert "Ms Sana" in page
    assert "Mr Noor" not in page
