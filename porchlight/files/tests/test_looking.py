"""What a file is, by its first bytes alone; how long a voice note lasts, without decoding it."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.files.looking import TAIL, seconds_of, type_of
from porchlight.files.tests import samples


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.ogg_opus(1), "audio/ogg"),
        (samples.JPEG, "image/jpeg"),
        (samples.PNG, "image/png"),
        (samples.WEBP, "image/webp"),
        (samples.GIF, "image/gif"),
        (samples.PDF, "application/pdf"),
        (samples.MP4, "video/mp4"),
        (samples.M4A, "audio/mp4"),
        (samples.GP3, "video/3gpp"),
        (samples.AMR, "audio/amr"),
        (samples.MP3, "audio/mpeg"),
        (samples.AAC, "audio/aac"),
        (samples.PAGE, ""),
        (samples.DRAWING, ""),
        (b"", ""),
        (b"PK\x03\x04", "application/zip"),
        (b"\xff\xf3\x48\xc0", "audio/mpeg"),
        (b"\x1aE\xdf\xa3", "video/webm"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
    ],
)
def test_a_type_is_what_the_first_bytes_say(content: bytes, name: str) -> None:
    assert type_of(BytesIO(content)) == name


@pytest.mark.parametrize("seconds", [0.4, 8, 61.25, 3600])
def test_a_voice_note_tells_its_length(seconds: float) -> None:
    assert seconds_of(BytesIO(samples.ogg_opus(seconds))) == pytest.approx(seconds, abs=0.001)


def test_only_the_end_of_a_long_note_is_read() -> None:
    long = samples.ogg_opus(90, pages=50)
    assert len(long) > 10 * TAIL
    content = BytesIO(long)
    assert seconds_of(content) == pytest.approx(90, abs=0.001)
    assert content.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        samples.MP3,
        samples.JPEG,
        b"",
        b"OggS",
        samples.ogg_opus(8)[:60],
        samples.ogg_opus(8).replace(b"OpusHead", b"vorbis.."),
        samples.ogg_opus(0),
        samples.ogg_opus(100 * 3600),
    ],
)
def test_what_does_not_add_up_has_no_length(content: bytes) -> None:
    assert seconds_of(BytesIO(content)) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_looked_at_without_harm(content: bytes) -> None:
    for start in (b"", b"OggS", samples.ogg_opus(2)[:80]):
        found = BytesIO(start + content)
        assert isinstance(type_of(found), str)
        length = seconds_of(found)
        assert length is None or 0 < length <= 24 * 3600
