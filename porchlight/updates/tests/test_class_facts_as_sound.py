"""Who asks CLASS on WhatsApp gets the colleague's recording as a voice note under the words; a text gets the words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.updates.models import FactReading
from porchlight.updates.tests.conftest import BASE, TUESDAY, says
from practice.wav import silence

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def whatsapp(town: Town, settings, tmp_path):
    """A home on WhatsApp that wrote just now."""
    settings.MEDIA_ROOT = tmp_path
    cast.account(town.school, "whatsapp_cloud", label="WhatsApp")
    home = town.home(2, channel="whatsapp", speaks="en", reads="en")
    home.address.window_until = TUESDAY + timedelta(hours=20)
    home.address.save()
    return home


def recorded(town: Town, language: str = "en") -> FactReading:
    page = f"{BASE}/classes/{town.class_4a.key}/about/"
    amal = browser_of(town.amal)
    amal.post(page, {"learns": "Fractions."})
    spoken = SimpleUploadedFile("a.wav", silence(3), "audio/wav")
    amal.post(f"{page}aloud/", {"language": language, "spoken": spoken})
    return FactReading.objects.select_related("file").get()


def got(home: cast.Home) -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(parcel__guardian=home.guardian).order_by("pk")
    return [(row.body["text"].split("\n")[1], row.body.get("sound", [""])[0]) for row in rows]


def test_the_words_and_under_them_the_voice(town: Town, whatsapp: cast.Home) -> None:
    reading = recorded(town)
    says(town, "CLASS", whatsapp.address)
    assert got(whatsapp) == [
        ("What we learn this term: Fractions.", ""),
        ("Maple Street School has sent you a voice message.", reading.file.path),
    ]
    assert Message.objects.filter(thread__guardian=whatsapp.guardian, sound=reading.file).exists()


def test_a_text_gets_the_words_alone(town: Town, whatsapp: cast.Home) -> None:
    recorded(town)
    home = town.home(3, speaks="en", reads="en")
    says(town, "CLASS", home.address)
    assert [sound for _words, sound in got(home)] == [""]


def test_no_voice_in_another_language_and_none_of_old_words(town: Town, whatsapp: cast.Home) -> None:
    recorded(town, "ur")
    says(town, "CLASS", whatsapp.address)
    assert [sound for _words, sound in got(whatsapp)] == [""]
    FactReading.objects.update(language="en", words="older")
    says(town, "CLASS", whatsapp.address)
    assert [sound for _words, sound in got(whatsapp)] == ["", ""]
