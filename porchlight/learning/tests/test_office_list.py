"""The office's list by day: who, class, why, who told us and how, until when; put right by hand."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.tests.conftest import Town
from porchlight.families.models import Guardian, Guardianship
from porchlight.learning.models import Absence
from porchlight.learning.tests.conftest import MORNING, listed, say
from porchlight.learning.views import absences

BASE = "/maple-street"


@pytest.fixture(autouse=True)
def _in_the_morning():
    with time_machine.travel(MORNING + timedelta(hours=1), tick=False):
        yield


def page(client: Client, path: str = "absences/") -> str:
    answer = client.get(f"{BASE}/{path}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_who_class_why_who_told_us_and_until_when(town: Town) -> None:
    say(town, "Hamza jume tak nahi aayega, bukhar hai")
    shown = page(browser_of(town.okafor))
    for words in ("Hamza Yousaf", "4A", "Ill", "Mr Yousaf wrote (text message)", "Friday 16 October"):
        assert words in shown
    assert "bukhar" not in shown  # their own words stay in their thread
    assert "Hamza Yousaf" in page(browser_of(town.okafor), "absences/?day=2026-10-16")
    assert "Hamza Yousaf" not in page(browser_of(town.okafor), "absences/?day=2026-10-17")
    assert "Hamza Yousaf" in page(browser_of(town.okafor), "absences/?day=yesterday")  # no day: today


def test_a_teacher_sees_her_own_classes_and_changes_nothing(town: Town) -> None:
    say(town, "Hamza bimar hai aaj")
    other = town.home(2)
    other.student.enrolments.all().delete()
    Absence.objects.create(
        school=town.school, student=other.student, first_day=MORNING.date(), last_day=MORNING.date()
    )
    shown = page(browser_of(town.amal))
    assert ("Hamza Yousaf" in shown, other.student.name in shown) == (True, False)
    absence = Absence.objects.get(student=town.yousaf.student)
    assert browser_of(town.amal).get(f"{BASE}/absences/{absence.key}/").status_code == 404
    assert browser_of(town.amal).post(f"{BASE}/absences/{absence.key}/removal/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_list(town: Town) -> None:
    client = browser_of(town.okafor)
    say(town, "Hamza bimar hai aaj")
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    for number in range(2, 8):
        child = town.home(number).student
        Absence.objects.create(
            school=town.school, student=child, first_day=MORNING.date(), last_day=MORNING.date()
        )
    page(client)  # whom it shows for the first time is written down
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(many) <= len(few) + 2  # whether those without a reason were asked, and reached


def test_it_is_put_right_by_hand(town: Town) -> None:
    say(town, "Hamza bimar hai aaj")
    absence = Absence.objects.get()
    office = browser_of(town.okafor)
    said = {"first_day": "2026-10-13", "last_day": "2026-10-15", "why": "family"}
    answer = office.post(f"{BASE}/absences/{absence.key}/", said, follow=True)
    assert "Kept: Hamza Yousaf." in answer.content.decode()
    assert listed() == [("Hamza", "2026-10-13", "2026-10-15", "family")]
    assert "Mr Yousaf wrote (text message). Mrs Okafor wrote it down" in page(office)
    assert Entry.objects.filter(verb="absence.corrected").count() == 1


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        ("2026-10-12", "The last day lies before the first. Look at both."),
        ("2027-03-01", "That is longer than two months. Write down the first two."),
        ("soon", "Choose a day of the calendar."),
    ],
)
def test_days_that_cannot_be_are_said_and_nothing_typed_is_lost(
    town: Town, last_day: str, words: str
) -> None:
    say(town, "Hamza bimar hai aaj")
    absence = Absence.objects.get()
    said = {"first_day": "2026-10-13", "last_day": last_day, "why": "family"}
    answer = browser_of(town.okafor).post(f"{BASE}/absences/{absence.key}/", said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert re.search(r'value="family"[^>]* selected', answer.content.decode())
    assert listed()[0][3] == "ill"


def test_a_year_that_was_mistyped_is_said(town: Town) -> None:
    said = {"child": "h", "tie": town.yousaf.tie.key, "first_day": "2062-10-13", "why": "ill", "how": "phone"}
    answer = browser_of(town.okafor).post(f"{BASE}/absences/new/", said)
    assert answer.status_code == 422
    assert "That is more than a year away. Look at the year." in answer.content.decode()
    assert listed() == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-13-01", "soon"])
def test_a_day_that_no_list_was_kept_of_is_today(town: Town, day: str) -> None:
    say(town, "Hamza bimar hai aaj")
    assert "Hamza Yousaf" in page(browser_of(town.okafor), f"absences/?day={day}")


def test_of_many_children_of_one_name_the_rest_is_not_hidden_in_silence(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.home(2)
    office = browser_of(town.okafor)
    more = "There are more children of this name."
    assert more not in page(office, "absences/new/?child=h")
    monkeypatch.setattr(absences, "FOUND", 1)
    shown = page(office, "absences/new/?child=h")
    assert more in shown
    assert shown.count('name="tie"') == 1


def test_it_is_taken_off_and_can_come_again(town: Town) -> None:
    say(town, "Hamza bimar hai aaj")
    absence = Absence.objects.get()
    office = browser_of(town.okafor)
    office.post(f"{BASE}/absences/{absence.key}/removal/")
    assert listed() == []
    assert office.post(f"{BASE}/absences/{absence.key}/removal/").status_code == 404
    say(town, "Hamza is ill today", at=MORNING + timedelta(hours=2))
    assert len(listed()) == 1


def test_a_mother_rings_and_the_office_writes_it_down(town: Town) -> None:
    office = browser_of(town.okafor)
    assert "Mr Yousaf" in page(office, "absences/new/?child=hamz")
    said = {
        "child": "hamz",
        "tie": town.yousaf.tie.key,
        "first_day": "2026-10-13",
        "why": "ill",
        "how": "phone",
    }
    office.post(f"{BASE}/absences/new/", said)
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "ill")]
    assert "Mr Yousaf on the telephone. Mrs Okafor wrote it down" in page(office)


def test_what_is_missing_on_the_form_is_said(town: Town) -> None:
    said = {"child": "hamz", "first_day": "2026-10-13", "how": "phone"}
    answer = browser_of(town.okafor).post(f"{BASE}/absences/new/", said)
    assert answer.status_code == 422
    for words in ("Choose the child and who told you.", "Choose a kind of reason."):
        assert words in answer.content.decode()


def test_the_register_of_a_class_on_its_page(town: Town) -> None:
    town.home(2)
    teacher = browser_of(town.amal)
    path = f"{BASE}/classes/{town.class_4a.key}/register/"
    said = {"missing": [town.yousaf.student.key]}
    answer = teacher.post(path, said, follow=True).content.decode()
    assert "Written down: 1 child is missing. In half a minute we ask at home: Hamza." in answer
    assert f'value="{town.yousaf.student.key}" checked' in answer
    assert "Not known yet" in page(browser_of(town.okafor))
    assert "Written down: everybody is here." in teacher.post(path, {}, follow=True).content.decode()
    assert browser_of(town.reyes).get(path).status_code == 200


def test_a_colleagues_own_child_in_her_class_stays_on_the_list_she_does_not_read(town: Town) -> None:
    say(town, "Hamza bimar hai aaj")
    other = Guardian.objects.create(school=town.school, user=town.amal.user, name="Amal")
    Guardianship.objects.create(school=town.school, guardian=other, student=town.yousaf.student)
    teacher, path = browser_of(town.amal), f"{BASE}/classes/{town.class_4a.key}/register/"
    shown = teacher.get(path).content.decode()
    key = re.search(r'value="(\w+)" checked', shown)
    assert "Ill" not in shown
    assert key
    teacher.post(path, {"missing": [key[1]]})
    assert listed()[0][3] == "ill"


def test_a_class_she_does_not_teach_is_not_there(town: Town) -> None:
    town.class_4a.teachings.all().delete()
    assert browser_of(town.amal).get(f"{BASE}/classes/{town.class_4a.key}/register/").status_code == 404


def test_on_a_day_without_school_there_is_no_register(town: Town) -> None:
    with time_machine.travel(MORNING + timedelta(days=4), tick=False):  # Saturday
        answer = browser_of(town.amal).get(f"{BASE}/classes/{town.class_4a.key}/register/")
        assert "There is no school today" in answer.content.decode()
        browser_of(town.amal).post(
            f"{BASE}/classes/{town.class_4a.key}/register/", {"missing": [town.yousaf.student.key]}
        )
    assert listed() == []


def test_the_teachers_desk_has_who_is_away_and_her_register(town: Town) -> None:
    say(town, "Hamza bimar hai aaj")
    shown = page(browser_of(town.amal), "desk/")
    assert "Away today" in shown
    assert f"/classes/{town.class_4a.key}/register/" in shown
