"""Every company's voice keeps the same promises: its published wire format, and each refusal with what to do."""

from __future__ import annotations

import base64
import json

import pytest

import practice
from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access
from porchlight.languages.voices.contract import CannotSpeak
from porchlight.languages.voices.registry import COMPANIES
from porchlight.languages.voices.wire import read_out
from practice import wav
from practice.voices import KEY

SECRETS = {"api_key": KEY, "key": KEY}
TEXT = "\u06a9\u0644 <\u0686\u06be\u0679\u06cc> & \u0622\u0631\u0627\u0645"


def test_googles_request_and_answer_are_as_its_reference_shows_them() -> None:
    asked = COMPANIES["google"].request(TEXT, "ur-IN-Wavenet-A", Access({}, {"api_key": "k"}))
    assert asked.url == "https://texttospeech.googleapis.com/v1/text:synthesize"
    assert asked.headers["X-Goog-Api-Key"] == "k"
    assert json.loads(asked.body) == {
        "input": {"text": TEXT},
        "voice": {"languageCode": "ur-IN", "name": "ur-IN-Wavenet-A"},
        "audioConfig": {"audioEncoding": "LINEAR16", "sampleRateHertz": 16000, "speakingRate": 0.9},
    }
    sound = wav.silence(0.1)
    answer = json.dumps({"audioContent": base64.b64encode(sound).decode()}).encode()
    assert COMPANIES["google"].read(answer) == sound


def test_azures_request_is_ssml_in_which_words_are_only_words() -> None:
    access = Access({"base_url": "https://westeurope.tts.speech.microsoft.com/"}, {"key": "k"})
    asked = COMPANIES["azure"].request(TEXT, "ur-PK-UzmaNeural", access)
    assert asked.url == "https://westeurope.tts.speech.microsoft.com/cognitiveservices/v1"
    assert asked.headers == {
        "Ocp-Apim-Subscription-Key": "k",
        "Content-Type": "application/ssml+xml",
        "X-Microsoft-OutputFormat": "riff-16khz-16bit-mono-pcm",
        "User-Agent": "Porchlight",
    }
    assert asked.body.decode() == (
        "<speak version='1.0' xmlns='http://www.w3.org/2001/10/synthesis' xml:lang=\"ur-PK\">"
        '<voice name="ur-PK-UzmaNeural"><prosody rate="-10%">'
        "\u06a9\u0644 &lt;\u0686\u06be\u0679\u06cc&gt; &amp; \u0622\u0631\u0627\u0645"
        "</prosody></voice></speak>"
    )


def refused(
    company: str, access: Access, *, text: str = TEXT, voice: str = "ur-PK-UzmaNeural"
) -> meanings.Meaning:
    with pytest.raises(CannotSpeak) as no:
        read_out(COMPANIES[company], text, voice, access)
    return no.value.meaning


def test_both_speak_with_the_practice_town_and_bear_its_weather() -> None:
    with practice.town_in_thread(smtp_port=None) as town:
        here = Access({"base_url": town.url}, SECRETS)
        for name, company in COMPANIES.items():
            sound = read_out(company, TEXT, "ur-PK-UzmaNeural", here)
            assert (sound[:4], len(sound) > 16_000) == (b"RIFF", True)
            wrong = Access({"base_url": town.url}, {"api_key": "no", "key": "no"})
            assert refused(name, wrong) is meanings.WRONG_KEY
            assert refused(name, Access({"base_url": town.url}, {})) is meanings.WRONG_KEY
            assert refused(name, here, voice="ur-PK-NobodyNeural") is meanings.NO_SUCH_VOICE
            assert refused(name, here, text="a" * 20_001) is meanings.NOT_THESE_WORDS
            assert refused(name, Access({"base_url": "http://example.org"}, SECRETS)) is meanings.WRONG_PLACE
            for weather, meaning in (
                ({"rude": "429"}, meanings.BUSY),
                ({"rude": "reset"}, meanings.BUSY),
                ({"rude": "moved"}, meanings.WRONG_PLACE),
                ({"rude": "untrue"}, meanings.ASKED_WRONGLY),
            ):
                town.set_weather("voices", times=1, **weather)
                assert refused(name, here) is meaning, (name, weather)
