"""A booked hour moves or is called off: the family reads it in its language, and says whether the new time suits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.meetings.models import Meeting
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.meetings.tests.hours_kit import BASE, at, keeps, told, writes


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hour(town: Town) -> Meeting:
    keeps(town.amal)
    return meet(town, at(15, 16), sort="office_hour")


def test_moved_to_another_free_time_the_family_is_asked_and_answers(town: Town, hour: Meeting) -> None:
    desk = browser_of(town.amal)
    assert "20261022T1500" in desk.get(f"{BASE}/hours/booked/{hour.key}/").content.decode()
    desk.post(f"{BASE}/hours/booked/{hour.key}/time/", {"slot": "20261022T1500"})
    hour.refresh_from_db()
    assert (hour.starts_at, hour.revision) == (at(22, 16), 1)
    assert "ملاقات کا وقت بدلنا ہے" in told(town.yousaf)[-1]
    writes(town.yousaf, "1", minutes=1)
    assert hour.guests.get().word == "yes"


def test_not_to_a_time_that_is_not_free(town: Town, hour: Meeting) -> None:
    browser_of(town.amal).post(f"{BASE}/hours/booked/{hour.key}/time/", {"slot": "20261023T1500"})
    hour.refresh_from_db()
    assert (hour.starts_at, hour.revision) == (at(15, 16), 0)
    assert told(town.yousaf) == []


def test_called_off_is_told_once_with_the_word_that_gets_other_times(town: Town, hour: Meeting) -> None:
    desk = browser_of(town.amal)
    desk.post(f"{BASE}/hours/booked/{hour.key}/removal/")
    desk.post(f"{BASE}/hours/booked/{hour.key}/removal/")
    hour.refresh_from_db()
    assert (hour.called_off_at, hour.called_off_why) == (NOW, "school")
    assert len(told(town.yousaf)) == 1
    assert "«بات» لکھیں" in told(town.yousaf)[0]


def test_who_does_not_sit_in_it_moves_nothing(town: Town, hour: Meeting) -> None:
    page = f"{BASE}/hours/booked/{hour.key}/"
    assert browser_of(town.reyes).get(page).status_code == 404
    assert browser_of(town.reyes).post(f"{page}removal/").status_code == 404
    hour.refresh_from_db()
    assert hour.is_on
