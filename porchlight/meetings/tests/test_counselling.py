"""Asking for a counsellor: seen by the two of them and by who leads the school, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.errands.models import Errand
from porchlight.families.models import Guardian, Guardianship
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.around import minutes
from porchlight.meetings.hours.interpreting import book_interpreter, say_to_booking
from porchlight.meetings.hours.moving import call_off_and_tell, move_and_ask
from porchlight.meetings.models import AtMeetings, CounsellingWish, InterpreterBooking, Meeting, Offer
from porchlight.meetings.tests.conftest import NOW
from porchlight.meetings.tests.hours_kit import BASE, at, keeps, told, writes
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import StaffMember

WORDS = "He does not sleep."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lee(town: Town) -> StaffMember:
    person = staff(town.school, "Mr Lee", Role.COUNSELLOR)
    keeps(person, purpose="counselling")
    return person


def asked_by(town: Town, person: Any, lee: StaffMember, page: str) -> CounsellingWish:
    browser = browser_of(person)
    form = {"counsellor": lee.key, "topic": "feelings", "words": WORDS}
    assert browser.post(f"{BASE}/counselling/{page}", form).status_code == 302
    return CounsellingWish.objects.get()


def sees(wish: CounsellingWish, actor: Actor) -> bool:
    return CounsellingWish.objects.visible_to(actor).filter(pk=wish.pk).exists()


def test_a_father_asks_and_takes_a_time_by_a_digit_whose_words_say_nothing_of_why(
    town: Town, lee: StaffMember
) -> None:
    wish = asked_by(town, town.yousaf.guardian, lee, "at-home/")
    desk = browser_of(lee)
    assert WORDS in desk.get(f"{BASE}/counselling/").content.decode()
    desk.post(f"{BASE}/counselling/{wish.key}/times/")
    assert Offer.objects.get().wish == wish
    assert not any(WORDS in text or "counsel" in text.lower() for text in told(town.yousaf))
    writes(town.yousaf, "1", minutes=1)
    wish.refresh_from_db()
    assert wish.meeting is not None
    assert (wish.meeting.sort, wish.meeting.starts_at) == ("counselling", at(15, 16))


def test_neither_office_nor_teacher_nor_the_other_parent_nor_the_child_sees_it(
    town: Town, lee: StaffMember
) -> None:
    leader = staff(town.school, "Mrs Head", Role.LEADER)
    mother = Guardian.objects.create(school=town.school, name="Sara")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    wish = asked_by(town, town.yousaf.guardian, lee, "at-home/")
    home = browser_of(town.yousaf.guardian)
    home.post(f"{BASE}/counselling/at-home/", {"wish": wish.key, "slot": "20261015T1500"})
    wish.refresh_from_db()
    meeting = wish.meeting
    assert meeting is not None
    for person in (town.amal, town.okafor, town.reyes):
        assert not sees(wish, person.actor())
        assert list(Meeting.objects.visible_to(person.actor())) == []
    assert not sees(wish, mother.actor())
    assert list(Meeting.objects.visible_to(mother.actor())) == []
    for actor in (lee.actor(), leader.actor(), town.yousaf.guardian.actor()):
        assert sees(wish, actor)
        assert list(Meeting.objects.visible_to(actor)) == [meeting]
    assert browser_of(town.okafor).get(f"{BASE}/counselling/").status_code == 404
    assert browser_of(town.okafor).get(f"{BASE}/hours/booked/{meeting.key}/").status_code == 404


def test_a_student_asks_and_no_adult_at_home_is_told(town: Town, lee: StaffMember) -> None:
    wish = asked_by(town, town.yousaf.student, lee, "mine/")
    assert (wish.by_guardian, wish.by_staff) == (None, None)
    page = browser_of(town.yousaf.student)
    assert "20261015T1500" in page.get(f"{BASE}/counselling/mine/").content.decode()
    page.post(f"{BASE}/counselling/mine/", {"wish": wish.key, "slot": "20261015T1500"})
    meeting = Meeting.objects.get()
    assert (meeting.with_student, meeting.guests.count()) == (True, 0)
    assert not sees(wish, town.yousaf.guardian.actor())
    assert list(Meeting.objects.visible_to(town.yousaf.guardian.actor())) == []
    assert told(town.yousaf) == []


def test_a_teacher_asks_for_a_child_she_teaches_and_the_counsellor_sets_the_time(
    town: Town, lee: StaffMember
) -> None:
    wish = asked_by(town, town.amal, lee, f"for/{town.yousaf.student.key}/")
    assert (wish.by_staff, wish.by_guardian) == (town.amal, None)
    browser_of(lee).post(f"{BASE}/counselling/{wish.key}/times/", {"slot": "20261015T1515"})
    assert Meeting.objects.get().starts_at == at(15, 16, 15)
    assert list(Meeting.objects.visible_to(town.amal.actor())) == []
    other = staff(town.school, "Ms Khan", Role.TEACHER)
    page = f"{BASE}/counselling/for/{town.yousaf.student.key}/"
    assert browser_of(other).get(page).status_code == 404


def test_a_counsellor_is_nobody_to_ask_about_their_own_child(town: Town, lee: StaffMember) -> None:
    Guardian.objects.filter(pk=town.yousaf.guardian.pk).update(user=lee.user)
    town.yousaf.guardian.refresh_from_db()
    form = {"counsellor": lee.key, "topic": "other"}
    page = browser_of(town.yousaf.guardian).post(f"{BASE}/counselling/at-home/", form)
    assert page.status_code == 422
    assert not CounsellingWish.objects.exists()


def test_the_words_stand_sealed_and_the_same_wish_is_one(town: Town, lee: StaffMember) -> None:
    asked_by(town, town.yousaf.guardian, lee, "at-home/")
    asked_by(town, town.yousaf.guardian, lee, "at-home/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM meetings_counsellingwish")
        assert WORDS not in cursor.fetchone()[0]
    assert CounsellingWish.objects.get().words == WORDS


def test_who_reads_the_thread_does_not_learn_that_they_ask_for_a_counsellor(
    town: Town, lee: StaffMember
) -> None:
    """The thread is the class teacher's and the office's too: what stands there names neither person nor room."""
    AtMeetings.objects.create(school=town.school, staff=lee, place="The quiet room")
    wish = asked_by(town, town.yousaf.guardian, lee, "at-home/")
    browser_of(lee).post(f"{BASE}/counselling/{wish.key}/times/")
    writes(town.yousaf, "1", minutes=1)
    wish.refresh_from_db()
    assert wish.meeting is not None
    move_and_ask(wish.meeting, starts_at=at(15, 16, 15), ends_at=at(15, 16, 30), by=lee.actor(), now=NOW)
    call_off_and_tell(wish.meeting, by=lee.actor(), now=NOW)
    home = browser_of(town.yousaf.guardian)
    book_page = f"{BASE}/counselling/at-home/"
    form = {"counsellor": lee.key, "topic": "feelings"}
    home.post(book_page, form)
    second = CounsellingWish.objects.get(meeting=None)
    home.post(book_page, {"wish": second.key, "slot": "20261015T1500"})
    minutes.write(Meeting.objects.latest("pk"), text=WORDS, by=lee.actor(), now=NOW)
    minutes.send(Meeting.objects.latest("pk"), by=lee.actor(), now=NOW)
    said = Message.objects.visible_to(town.amal.actor())
    assert said.count() >= 5
    for message in said.select_related("staff"):
        shown = f"{message.staff} {message.text} {message.ask.options if hasattr(message, 'ask') else ''}"
        assert "Lee" not in shown
        assert "quiet room" not in shown
    thread = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    assert "Mr Lee" not in browser_of(town.amal).get(thread).content.decode()


def test_an_interpreter_who_cannot_is_looked_for_by_the_counsellor(town: Town, lee: StaffMember) -> None:
    """Not by the office, which learns of no such meeting."""
    noor = staff(town.school, "Mr Noor", Role.INTERPRETER)
    KnownLanguage.objects.create(school=town.school, staff=noor, language="ur")
    wish = asked_by(town, town.yousaf.guardian, lee, "at-home/")
    browser_of(town.yousaf.guardian).post(
        f"{BASE}/counselling/at-home/", {"wish": wish.key, "slot": "20261015T1500"}
    )
    booking = book_interpreter(Meeting.objects.get(), staff=noor, language="ur", by=lee.actor(), now=NOW)
    say_to_booking(booking, InterpreterBooking.Said.NO, by=noor.actor(), now=NOW)
    errand = Errand.objects.get()
    assert (errand.assigned_to, errand.student) == (lee, None)
