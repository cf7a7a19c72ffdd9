"""A colleague keeps hours, a family takes a time with one tap and gives it back; what is seen, and what is not."""

from __future__ import annotations

from collections.abc import Iterator

import brotli
import pytest
import time_machine

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.families.models import Guardian, Guardianship
from porchlight.meetings.models import AtMeetings, Meeting, StandingHours
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.meetings.tests.hours_kit import BASE, at, keeps, told
from porchlight.schools.actors import Role
from porchlight.schools.models import School
from tests.test_family_weight import BUDGET, stylesheet

FIRST = "20261015T1500"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_colleague_keeps_hours_and_gives_them_up(town: Town) -> None:
    desk = browser_of(town.amal)
    hours = {"purpose": "families", "weekday": 3, "starts": "16:00", "ends": "17:00", "minutes": 15}
    assert desk.post(f"{BASE}/hours/", hours | {"modes": ["phone", "in_person"]}).status_code == 302
    row = StandingHours.objects.get()
    assert (row.staff, row.weekday, row.modes, row.since) == (
        town.amal,
        3,
        ["phone", "in_person"],
        NOW.date(),
    )
    assert "Thursday" in desk.get(f"{BASE}/hours/").content.decode()
    short = desk.post(f"{BASE}/hours/", hours | {"ends": "16:10", "modes": ["phone"]})
    assert short.status_code == 422
    turned = desk.post(f"{BASE}/hours/", hours | {"ends": "15:00", "modes": ["phone"]})
    assert "The end is before the beginning." in turned.content.decode()
    assert desk.post(f"{BASE}/hours/", hours | {"minutes": "a while", "modes": ["phone"]}).status_code == 422
    assert browser_of(town.okafor).post(f"{BASE}/hours/{row.key}/removal/").status_code == 404
    desk.post(f"{BASE}/hours/{row.key}/removal/")
    row.refresh_from_db()
    assert row.ended_at == NOW


def test_only_a_counsellor_keeps_hours_for_counselling(town: Town) -> None:
    hours = {
        "purpose": "counselling",
        "weekday": 3,
        "starts": "16:00",
        "ends": "17:00",
        "minutes": 15,
        "modes": "phone",
    }
    assert browser_of(town.amal).post(f"{BASE}/hours/", hours).status_code == 422
    lee = staff(town.school, "Mr Lee", Role.COUNSELLOR)
    assert browser_of(lee).post(f"{BASE}/hours/", hours).status_code == 302


def test_a_father_taps_a_time_reads_it_in_his_language_and_gives_it_back(town: Town) -> None:
    keeps(town.amal)
    AtMeetings.objects.create(school=town.school, staff=town.amal, person="woman", place="Room 4")
    home = browser_of(town.yousaf.guardian)
    page = home.get(f"{BASE}/hours/with-teachers/").content.decode()
    assert f"/hours/of/{town.amal.key}/?child={town.yousaf.student.key}" in page
    times = home.get(f"{BASE}/hours/of/{town.amal.key}/")
    assert FIRST in times.content.decode()
    done = home.post(f"{BASE}/hours/of/{town.amal.key}/", {"slot": FIRST, "mode": "in_person"})
    assert done["Location"] == f"{BASE}/hours/with-teachers/"
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.place, meeting.student) == (at(15, 16), "Room 4", town.yousaf.student)
    assert "Hamza کے بارے میں، Ms Amal کے ساتھ" in told(town.yousaf)[-1]
    assert "Room 4" in home.get(f"{BASE}/hours/with-teachers/").content.decode()
    home.post(f"{BASE}/hours/mine/{meeting.key}/removal/")
    meeting.refresh_from_db()
    assert (meeting.called_off_at, meeting.called_off_why) == (NOW, "family")
    assert FIRST in home.get(f"{BASE}/hours/of/{town.amal.key}/").content.decode()


def test_a_time_that_was_taken_meanwhile_is_kindly_refused_and_others_shown(town: Town) -> None:
    keeps(town.amal)
    other = town.home(2)
    meet(town, at(15, 16), student=other.student, guests=[other.guardian])
    home = browser_of(town.yousaf.guardian)
    refused = home.post(f"{BASE}/hours/of/{town.amal.key}/", {"slot": FIRST, "mode": "phone"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert FIRST not in page
    assert "20261015T1515" in page
    assert Meeting.objects.filter(student=town.yousaf.student).count() == 0


def test_not_in_a_way_the_colleague_does_not_offer(town: Town) -> None:
    keeps(town.amal, modes=["phone"])
    home = browser_of(town.yousaf.guardian)
    answer = home.post(f"{BASE}/hours/of/{town.amal.key}/", {"slot": FIRST, "mode": "video"})
    assert answer.status_code == 422
    assert not Meeting.objects.exists()


def test_neither_another_familys_child_nor_another_familys_meeting(town: Town) -> None:
    keeps(town.amal)
    other = town.home(2)
    meeting = meet(town, at(15, 16), student=other.student, guests=[other.guardian])
    home = browser_of(town.yousaf.guardian)
    page = f"{BASE}/hours/of/{town.amal.key}/"
    assert home.post(page, {"slot": FIRST, "child": other.student.key}).status_code == 404
    assert home.post(f"{BASE}/hours/mine/{meeting.key}/removal/").status_code == 404
    assert home.get(f"{BASE}/hours/of/{town.okafor.key}/").status_code == 404  # she keeps none
    elsewhere = School.objects.create(slug="elm-road", name="Elm Road", timezone="Europe/London")
    stranger = staff(elsewhere, "Mr Elm", Role.TEACHER)
    keeps(stranger)
    assert home.get(f"{BASE}/hours/of/{stranger.key}/").status_code == 404


def test_the_other_parent_sees_the_hour_taken_and_not_by_whom(town: Town) -> None:
    keeps(town.amal)
    meeting = meet(town, at(15, 16), sort="office_hour")
    mother = Guardian.objects.create(school=town.school, name="Sara")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    home = browser_of(mother)
    assert FIRST not in home.get(f"{BASE}/hours/of/{town.amal.key}/").content.decode()
    assert meeting.key not in home.get(f"{BASE}/hours/with-teachers/").content.decode()
    assert home.post(f"{BASE}/hours/mine/{meeting.key}/removal/").status_code == 404


def test_a_colleague_is_not_offered_to_herself_and_sees_nothing_of_her_own_child_at_work(town: Town) -> None:
    keeps(town.amal)
    user = User.objects.get(pk=town.amal.user_id)
    Guardian.objects.filter(pk=town.yousaf.guardian.pk).update(user=user)
    town.yousaf.guardian.refresh_from_db()
    home = browser_of(town.yousaf.guardian)
    assert town.amal.key not in home.get(f"{BASE}/hours/with-teachers/").content.decode()
    assert home.get(f"{BASE}/hours/of/{town.amal.key}/").status_code == 404


@pytest.mark.parametrize("page", ["hours/with-teachers/", "hours/of/{amal}/", "counselling/at-home/"])
def test_the_familys_pages_come_in_one_breath(town: Town, page: str) -> None:
    keeps(town.amal, starts="15:00", ends="18:00")
    staff(town.school, "Mr Lee", Role.COUNSELLOR)
    for number in range(4):
        meet(town, at(20, 10 + number), sort="office_hour")
    seen = browser_of(town.yousaf.guardian).get(f"{BASE}/{page.format(amal=town.amal.key)}")
    assert seen.status_code == 200
    assert len(brotli.compress(seen.content)) + stylesheet() <= BUDGET
