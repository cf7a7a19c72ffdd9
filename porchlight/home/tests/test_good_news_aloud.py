"""Good news in a teacher's own voice: seen how and when it gets there, recorded, sent to one home once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Kind, Message
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardianship
from porchlight.home.tests.conftest import BASE
from practice.enclosures import voice_note

NIGHT = TUESDAY + timedelta(hours=6, minutes=30)  # 21:40 in London


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NIGHT, tick=False):
        yield


@pytest.fixture
def amal(town: Town) -> Client:
    return browser_of(town.amal)


def page_for(town: Town) -> str:
    tie = Guardianship.objects.get(guardian=town.yousaf.guardian)
    return f"{BASE}/good-news/{tie.key}/aloud/"


def recording() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.ogg", voice_note(4), "audio/ogg")


def test_how_and_when_it_gets_there_stands_above_the_recorder(town: Town, amal: Client) -> None:
    assert page_for(town) in amal.get(f"{BASE}/good-news/").text
    page = amal.get(page_for(town)).text
    assert "About " in page
    assert "tomorrow, 7 am" in page
    assert "capture" in page
    assert "Homes that sleep get it in the morning." in page
    assert not Message.objects.exists()


def test_two_homes_of_one_child_are_told_apart(town: Town, amal: Client) -> None:
    mother = town.home(2).guardian
    Guardianship.objects.filter(guardian=mother).update(student=town.yousaf.student)
    page = amal.get(f"{BASE}/good-news/").text.partition("Or say it aloud:")[2]
    assert "Hamza Yousaf (Mr Yousaf)" in page
    assert f"Hamza Yousaf ({mother})" in page


def test_it_is_a_good_word_to_that_home_in_the_morning_with_the_sound(town: Town, amal: Client) -> None:
    town.home(2)
    answer = amal.post(page_for(town), {"spoken": recording(), "press": "one"}, follow=True)
    assert "One home hears your voice." in answer.text
    message = Message.objects.get()
    assert (message.thread, message.kind, message.staff) == (town.thread, Kind.GOOD_NEWS, town.amal)
    assert message.sound is not None
    parcel = Parcel.objects.get()
    assert "وائس نوٹ" in parcel.text
    assert Delivery.objects.get().due_at > NIGHT + timedelta(hours=8)
    assert (
        "Hamza"
        not in amal.get(f"{BASE}/good-news/").text.partition("Your words")[2].partition("</section>")[0]
    )


def test_pressed_twice_it_is_sent_once(town: Town, amal: Client) -> None:
    for said in ("One home hears your voice.", "Nothing was sent twice."):
        answer = amal.post(page_for(town), {"spoken": recording(), "press": "one"}, follow=True)
        assert said in answer.text
    assert Message.objects.count() == 1


def test_what_is_no_recording_is_refused_in_words_and_may_be_tried_again(town: Town, amal: Client) -> None:
    film = SimpleUploadedFile("a.txt", b"words", "text/plain")
    answer = amal.post(page_for(town), {"spoken": film, "press": "one"})
    assert answer.status_code == 422
    assert "This is no recording we can send." in answer.text
    assert "Record your answer first." in amal.post(page_for(town), {"press": "one"}).text
    amal.post(page_for(town), {"spoken": recording(), "press": "one"})
    assert Message.objects.count() == 1


def test_a_home_no_words_get_to_is_said_and_has_no_recorder(town: Town, amal: Client) -> None:
    town.yousaf.restrict()
    found = amal.get(page_for(town))
    assert found.status_code == 404 or "Send your voice" not in found.text
    amal.post(page_for(town), {"spoken": recording(), "press": "one"})
    assert not Message.objects.exists()


def test_another_ones_class_is_not_there(town: Town) -> None:
    other = browser_of(town.reyes)
    assert other.get(page_for(town)).status_code in {403, 404}
