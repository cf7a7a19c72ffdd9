"""A teacher puts a photo or a letter beside their words: it goes where it can, and is seen by whoever may read them."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.test_file_access import family
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.weights import weight
from porchlight.families.models import Guardianship, Restriction
from porchlight.files.models import StoredFile
from porchlight.files.tests import real
from porchlight.files.tests.kept import told
from porchlight.schools.actors import Role

BASE = "/maple-street"
PHOTO = real.photo(size=(2400, 1200))


@pytest.fixture(autouse=True)
def _tuesday(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(TUESDAY, tick=False):
        yield


def chosen(content: bytes = PHOTO, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/octet-stream")


def thread_path(town: Town) -> str:
    return f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"


def test_in_a_thread_it_is_seen_by_the_teacher_and_the_home_and_nobody_else(town: Town) -> None:
    amal = browser_of(town.amal)
    assert amal.post(thread_path(town), {"text": "We built a bridge.", "photo": chosen()}).status_code == 302
    message = Message.objects.get()
    assert message.enclosed is not None
    assert (message.enclosed.width, message.enclosed.height) == (1600, 800)
    shown = f"{BASE}/messages/{message.key}/enclosed/"
    page = amal.get(thread_path(town)).content.decode()
    assert shown in page
    assert f"See the photo ({weight(message.enclosed.size)})" in page
    father = family(town, town.yousaf.guardian)
    theirs = f"{BASE}/messages/about/enclosed/{message.key}/"
    assert theirs in father.get(f"{BASE}/messages/about/{town.yousaf.student.key}/").content.decode()
    for client, path in ((amal, shown), (father, theirs)):
        answer = client.get(path)
        content = told(answer)
        assert real.CANARY.encode() not in content
        with Image.open(BytesIO(content)) as picture:
            assert (picture.size, answer["Content-Type"]) == ((1600, 800), "image/jpeg")
        assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == (
            "nosniff",
            True,
        )
    others = [
        (browser_of(staff(town.school, "Mr Tran", Role.TEACHER)), shown),
        (family(town, town.home(2).guardian), theirs),
    ]
    assert [client.get(path).status_code for client, path in others] == [404, 404]
    Restriction.objects.create(
        school=town.school,
        guardianship=Guardianship.objects.get(guardian=town.yousaf.guardian),
        scope="contact",
        evidence="seen",
    )
    assert father.get(theirs).status_code == 404


def test_by_text_goes_the_link_that_shows_it_on_the_device_that_opened_it(town: Town) -> None:
    browser_of(town.amal).post(thread_path(town), {"text": "We built a bridge.", "photo": chosen()})
    body = Delivery.objects.get().body
    assert "enclosed" not in body
    link = re.search(rf"{BASE}/n/\S+/", body["text"])
    assert link is not None
    phone = Client()
    page = phone.post(link[0], follow=True).content.decode()
    [where] = re.findall(rf'href="({BASE}/n/[^"]+/files/[^"]+)"', page)
    answer = phone.get(where)
    assert told(answer).startswith(b"\xff\xd8\xff")
    assert Client().get(where).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>hello</html>", "Choose a photo"),
        (real.office(), "Choose a photo"),
        (real.recording("mp3", "libmp3lame"), "Choose a photo"),
        (real.photo()[:200], "cannot be opened"),
        (b"", "This file is empty"),
    ],
)
def test_what_is_neither_is_said_and_the_words_stay(town: Town, content: bytes, words: str) -> None:
    answer = browser_of(town.amal).post(
        thread_path(town), {"text": "We built a bridge.", "photo": chosen(content)}
    )
    page = answer.content.decode()
    assert (answer.status_code, words in page, "We built a bridge." in page) == (422, True, True)
    assert not Message.objects.exists()
    assert not StoredFile.objects.exists()


def test_nothing_goes_out_that_the_schools_scanner_could_not_look_at(town: Town, settings) -> None:
    settings.CLAMD = "127.0.0.1:9"
    answer = browser_of(town.amal).post(thread_path(town), {"text": "We built a bridge.", "photo": chosen()})
    assert (answer.status_code, "Try again in a minute" in answer.content.decode()) == (422, True)
    assert not Message.objects.exists()


def test_an_announcement_keeps_its_photo_from_the_look_to_every_home(town: Town) -> None:
    second = town.home(2, speaks="en")
    amal, words = (
        browser_of(town.amal),
        {"kind": "information", "text": "We built a bridge.", "language": "en"},
    )
    words["audience"] = [f"class:{town.class_4a.key}"]
    page = amal.post(f"{BASE}/notices/new/", {**words, "photo": chosen()}).content.decode()
    assert "A photo goes along (" in page
    [key] = re.findall(r'name="enclosed" value="([^"]+)"', page)
    [mark] = re.findall(r'name="looked" value="([^"]+)"', page)
    assert not Notice.objects.exists()
    without = amal.post(f"{BASE}/notices/new/", {**words, "looked": mark, "send": ""})
    assert (without.status_code, Notice.objects.count()) == (200, 0)  # not what was looked at
    assert (
        amal.post(f"{BASE}/notices/new/", {**words, "enclosed": key, "looked": mark, "send": ""}).status_code
        == 302
    )
    file = StoredFile.objects.get()
    assert {message.enclosed for message in Message.objects.all()} == {file}
    assert {message.thread.guardian for message in Message.objects.all()} == {
        town.yousaf.guardian,
        second.guardian,
    }
    assert {parcel.enclosed["path"] for parcel in Parcel.objects.all()} == {file.path}
