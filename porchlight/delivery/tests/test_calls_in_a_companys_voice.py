"""A message is said in a call in the voice that the school named for its language, as its pages read it out."""

from __future__ import annotations

import re
import wave
from io import BytesIO

import pytest
import requests
from django.test import Client

import practice
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.telephone import Telephone, calls, planned
from porchlight.files.models import StoredFile
from porchlight.languages import speech
from porchlight.languages.models import VoiceAccount
from porchlight.languages.voice_accounts import open_voice
from porchlight.schools.tiers import Tier
from practice.voices import KEY

URDU = "کل سکول بند ہے۔"
GUESTS = {"ur": "ur-PK-UzmaNeural", "ps": "ps-AF-LatifaNeural"}


@pytest.fixture
def away(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with practice.town_in_thread(smtp_port=None) as town:
        yield town


@pytest.fixture
def home(school, clock):
    calls(school, voices="ur Polly.Aditi")
    return cast.home(school, 1, channel="call", speaks="ur", reads="ur")


def opened(school, away, key: str = KEY, voices: dict[str, str] | None = None) -> VoiceAccount:
    return open_voice(
        school=school, company="azure", settings={"base_url": away.url}, secrets={"key": key},
        voices=GUESTS if voices is None else voices, by=cast.teacher(school),
    )  # fmt: skip


def asked(away) -> list[str]:
    return [one["text"] for one in requests.get(f"{away.url}/control/voices/", timeout=5).json()]


def heard(school, home, text: str = URDU, **more) -> str:
    """The TwiML once the message is to be heard."""
    phone = Telephone(planned(school, home, cast.words(text, language="ur", **more)))
    phone.answers()
    phone.presses("1")
    return phone.twiml


def played(twiml: str) -> list[str]:
    return re.findall(r"<Play>([^<]+)</Play>", twiml)


def fetched(address: str) -> bytes:
    answer = Client().get("/hooks/sound/" + address.split("/hooks/sound/")[1])
    return answer.content if answer.status_code == 200 else b""


def test_the_message_is_played_and_the_company_is_paid_once(school, home, away) -> None:
    opened(school, away)
    first = played(heard(school, home))[0]
    with wave.open(BytesIO(fetched(first))) as sound:
        assert sound.getframerate() == 8000
    fetched(played(heard(school, home))[0])
    assert asked(away) == [URDU]
    assert StoredFile.objects.count() == 1


def test_our_own_words_around_it_go_to_no_company(school, home, away) -> None:
    opened(school, away)
    twiml = heard(school, home)
    assert len(played(twiml)) == 1
    assert '<Say voice="Polly.Aditi"' in twiml
    assert asked(away) in ([], [URDU])


def test_without_a_voice_for_the_language_it_is_as_it_was(school, home, away) -> None:
    opened(school, away, voices={"ps": "ps-AF-LatifaNeural"})
    twiml = heard(school, home)
    assert (played(twiml), URDU in twiml, asked(away)) == ([], True, [])


@pytest.mark.voice
def test_where_the_company_refuses_our_own_voice_is_heard(school, home, away) -> None:
    account = opened(school, away, key="wrong")
    sound = fetched(played(heard(school, home))[0])
    assert sound[:4] == b"RIFF"
    account.refresh_from_db()
    assert account.held_at is not None
    assert played(heard(school, home)) == [], "it is passed over from then on"


def test_where_nothing_else_of_ours_speaks_it_is_there_before_we_point_to_it(
    school, home, away, monkeypatch
) -> None:
    monkeypatch.setattr(speech, "is_here", lambda: False)
    opened(school, away)
    address = played(heard(school, home))[0]
    assert asked(away) == [URDU]
    assert fetched(address)[:4] == b"RIFF"
    VoiceAccount.objects.all().delete()
    opened(school, away, key="wrong")
    twiml = heard(school, home, "دوسری بات")
    assert (played(twiml), "دوسری بات" in twiml) == ([], True)


def test_personal_words_go_to_no_company_that_may_not_have_them(school, home, away) -> None:
    account = opened(school, away)
    delivery = planned(school, home, cast.words(URDU, language="ur"))
    delivery.parcel.tier = Tier.L2
    delivery.parcel.save()
    phone = Telephone(delivery)
    phone.answers()
    phone.presses("1")
    assert (played(phone.twiml), asked(away)) == ([], [])
    assert account.takes(Tier.L1)
