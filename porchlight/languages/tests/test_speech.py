"""Words as sound: which languages a machine speaks here, and that what comes out is sound a telephone can be sent."""

from __future__ import annotations

import subprocess
import wave
from io import BytesIO

import pytest

from porchlight.languages import speech

pytestmark = pytest.mark.voice


@pytest.mark.parametrize(
    ("tag", "voice"),
    [
        ("en", "en-gb"),
        ("en-US", "en-gb"),
        ("ur", "ur"),
        ("ur-Arab", "ur"),
        ("ur-Latn", ""),
        ("zh-Hans", "cmn"),
        ("zh", "cmn"),
        ("ps", ""),
        ("so", ""),
        ("und", ""),
        ("", ""),
    ],
)
def test_a_voice_reads_its_language_in_its_usual_script(tag: str, voice: str) -> None:
    assert speech.voice_for(tag) == voice


def test_the_program_has_every_voice_that_we_name() -> None:
    listed = subprocess.run([speech.PROGRAM, "--voices"], capture_output=True, text=True, check=True).stdout
    known = {line.split()[1] for line in listed.splitlines()[1:]}
    assert set(speech.VOICES.values()) - known == set()


def test_words_become_sound_of_a_length_that_its_header_tells() -> None:
    content = speech.spoken("کل سکول بند ہے۔", "ur")
    with wave.open(BytesIO(content)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert sound.getnframes() * 2 + speech.HEADER == len(content)
        assert sound.getnframes() / sound.getframerate() > 0.5
    assert speech.spoken("کل سکول بند ہے۔", "ur") == content


def test_words_that_look_like_orders_are_only_words() -> None:
    assert len(speech.spoken("--help -w /tmp/x ; ls", "en")) > 10_000


def test_a_language_without_a_voice_is_refused() -> None:
    with pytest.raises(speech.NoVoice):
        speech.spoken("سبا ښوونځی بند دی", "ps")
