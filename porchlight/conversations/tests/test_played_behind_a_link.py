"""A spoken answer that went home as a link is played on the device that opened it, and on no other."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_listening import BASE, lasts
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests.cast import TUESDAY
from practice.enclosures import voice_note


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(TUESDAY, tick=False):
        yield


def test_the_link_of_a_text_plays_it_on_the_device_that_opened_it(town: Town) -> None:
    path = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    said = {"spoken": SimpleUploadedFile("a.ogg", voice_note(3), "audio/ogg")}
    browser_of(town.amal).post(f"{path}spoken/", said)
    link = Parcel.objects.get().page_path
    phone = Client()
    page = phone.post(link, follow=True).content.decode()
    sound = page.partition('<audio controls preload="none" src="')[2].partition('"')[0]
    assert lasts(phone.get(sound)) == 3
    assert Client().get(sound).status_code == 404
