"""A student comes in only with a sign-in the school gave them, by a code on a phone or mailbox of their own."""

from __future__ import annotations

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests import cast
from porchlight.families.models import Consent, ContactPoint, Student
from porchlight.schools.actors import Role
from porchlight.welcome.tests.conftest import BASE, NUMBER, ask, code_sent, come_in, enter

HERS = "07700 900555"
SETTINGS = f"{BASE}/settings/students/"


@pytest.fixture
def office(town: Town) -> Client:
    return browser_of(town.okafor)


def give(office: Client, student: Student, written: str = HERS):
    return office.post(f"{SETTINGS}{student.key}/sign-in/", {"written": written, "agreed_by": "the student"})


def comes(written: str = HERS) -> Client:
    browser = Client()
    ask(browser, written)
    enter(browser, code_sent())
    return browser


def test_without_one_no_code_goes_out(town: Town) -> None:
    before = Parcel.objects.count()
    ask(Client(), HERS)
    assert Parcel.objects.count() == before
    ask(Client(), NUMBER)  # her father's does get one
    assert Parcel.objects.count() == before + 1


def test_the_office_finds_the_student_gives_the_sign_in_and_she_comes_in(town: Town, office: Client) -> None:
    found = office.get(SETTINGS, {"find": "ham"}).content.decode()
    assert f"{SETTINGS}{town.yousaf.student.key}/sign-in/" in found
    assert give(office, town.yousaf.student).url == SETTINGS
    browser = comes()
    assert browser.get(f"{BASE}/").url == f"{BASE}/day/"
    assert "Hello, Hamza" in browser.get(f"{BASE}/day/").content.decode()
    point = ContactPoint.objects.get(student=town.yousaf.student)
    assert (point.address.value, point.address.channel, point.consented) == ("+447700900555", "sms", True)
    consent = Consent.objects.get(contact_point=point)
    assert (consent.source, consent.recorded_by_id) == ("the school gave a sign-in", town.okafor.pk)
    assert Entry.objects.filter(verb="student.sign_in_given", about_id=town.yousaf.student.pk).exists()
    page = office.get(SETTINGS).content.decode()
    assert "+447700900555" in page
    again = office.get(SETTINGS, {"find": "ham"}).content.decode()
    assert "No student without a sign-in has this name." in again


def test_taken_away_every_page_shuts_at_once_and_no_code_comes(town: Town, office: Client) -> None:
    give(office, town.yousaf.student)
    browser = comes()
    assert browser.get(f"{BASE}/day/").status_code == 200
    office.post(f"{SETTINGS}{town.yousaf.student.key}/sign-in/removal/")
    assert browser.get(f"{BASE}/day/").status_code == 404
    before = Parcel.objects.count()
    ask(Client(), HERS)
    assert Parcel.objects.count() == before
    give(office, town.yousaf.student)
    assert comes().get(f"{BASE}/day/").status_code == 200
    assert browser.get(f"{BASE}/day/").status_code == 404  # the old session does not come back with it


def test_a_new_number_takes_the_place_of_the_old_one(town: Town, office: Client) -> None:
    give(office, town.yousaf.student)
    give(office, town.yousaf.student, "hamza@example.org")
    live = ContactPoint.objects.filter(student=town.yousaf.student, ended_at=None)
    assert [point.address.value for point in live] == ["hamza@example.org"]


def test_a_number_of_somebody_else_is_refused(town: Town, office: Client) -> None:
    answer = give(office, town.yousaf.student, NUMBER)
    assert answer.status_code == 422
    assert "Somebody else is reached there." in answer.content.decode()
    other = cast.home(town.school, 2).student
    give(office, other)
    assert give(office, town.yousaf.student).status_code == 422
    assert not ContactPoint.objects.filter(student=town.yousaf.student).exists()


@pytest.mark.parametrize(
    ("written", "words"),
    [("", "Write the student’s own number or mailbox first."), ("abc", "neither a phone number nor")],
)
def test_what_is_no_number_is_met_with_a_way_on(town: Town, office: Client, written: str, words: str) -> None:
    answer = give(office, town.yousaf.student, written)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_where_only_whatsapp_is_carried_a_number_is_whatsapps(town: Town, office: Client) -> None:
    town.phone.closed_at = town.phone.created_at
    town.phone.save()
    cast.account(
        town.school,
        "whatsapp_cloud",
        sender="+447700900101",
        settings={"phone_number_id": "1234567890"},
        secrets={"access_token": "t", "app_secret": "0" * 32, "verify_token": "a long word of ours"},
    )
    give(office, town.yousaf.student)
    assert ContactPoint.objects.get(student=town.yousaf.student).address.channel == "whatsapp"


def test_a_father_still_comes_in_as_himself(town: Town, office: Client) -> None:
    give(office, town.yousaf.student)
    father = Client()
    come_in(father)
    assert father.get(f"{BASE}/").url == f"{BASE}/week/"
    assert father.get(f"{BASE}/day/").status_code == 404


def test_teachers_give_none(town: Town) -> None:
    teacher = browser_of(staff(town.school, "Mr Teach", Role.TEACHER))
    assert teacher.get(SETTINGS).status_code == 404
    assert give(teacher, town.yousaf.student).status_code == 404
    assert not ContactPoint.objects.filter(student__isnull=False).exists()


def test_nobody_gives_or_takes_the_sign_in_of_their_own_child(town: Town, office: Client) -> None:
    student = town.yousaf.student
    give(office, student)
    town.yousaf.guardian.user = town.okafor.user
    town.yousaf.guardian.save()
    there = f"{SETTINGS}{student.key}/sign-in/"
    assert student.key not in office.get(SETTINGS, {"find": "ham"}).content.decode()
    assert office.get(there).status_code == give(office, student).status_code == 404
    assert office.post(f"{there}removal/").status_code == 404
    assert ContactPoint.objects.get(student=student).ended_at is None
