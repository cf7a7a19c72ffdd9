"""Sound is played in our pages, whole or in parts; a recording that goes out is one that every phone plays."""

from __future__ import annotations

import shutil
import struct
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File

from porchlight.files import handing_out
from porchlight.files.handing_out import as_sound
from porchlight.files.keeping import keep, opened
from porchlight.files.models import StoredFile
from porchlight.files.speaking import LONGEST, NotASound, TooLong, keep_spoken
from porchlight.files.tests import samples
from porchlight.schools.models import School
from practice.enclosures import voice_note

NOTE = voice_note(1)
M4A = b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00" + b"\x00" * 64
MP42 = b"\x00\x00\x00\x20ftypmp42\x00\x00\x00\x00" + b"\x00" * 64


@pytest.fixture
def school(db: None, tmp_path: Path, settings) -> School:
    settings.MEDIA_ROOT = tmp_path
    return School.objects.create(slug="maple-street", name="Maple Street School")


def kept(school: School, content: bytes) -> StoredFile:
    return keep(school=school, source="s", content=BytesIO(content))


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        ("", 200, slice(None)),
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-4", 206, slice(-4, None)),
        ("bytes=0-999999999", 200, slice(None)),
        ("bytes=9-3", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("bytes=0-1,4-5", 200, slice(None)),
        (f"bytes=1-{'9' * 5_000}", 200, slice(None)),
        ("bytes=1-٢", 200, slice(None)),
    ],
)
def test_the_part_a_player_asks_for(school: School, wanted: str, status: int, part: slice) -> None:
    answer = as_sound(kept(school, NOTE), wanted)
    assert (answer.status_code, answer.content) == (status, NOTE[part])
    assert answer["Accept-Ranges"] == "bytes"
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "audio/ogg")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_of_a_long_sound_only_the_part_is_read(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []

    class Watched(File):
        def read(self, size: int = -1) -> bytes:
            reads.append(size)
            return self.file.read(size)

    monkeypatch.setattr(handing_out, "opened", lambda file: Watched(opened(file)))
    answer = as_sound(kept(school, NOTE + bytes(1 << 20)), "bytes=4-11")
    assert (answer.content, reads) == (NOTE[4:12], [8])
    assert answer["Content-Range"] == f"bytes 4-11/{len(NOTE) + (1 << 20)}"


@pytest.mark.parametrize("content", [samples.PAGE, samples.DRAWING, b"%PDF-1.4", b""])
def test_what_is_no_sound_is_never_played(school: School, content: bytes) -> None:
    with pytest.raises(FileNotFoundError):
        as_sound(kept(school, content))


def spoken(school: School, content: bytes, size: int | None = None) -> StoredFile:
    return keep_spoken(
        school=school, source="x", content=BytesIO(content), size=len(content) if size is None else size
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (NOTE, "audio/ogg"),
        (M4A, "audio/mp4"),
        (MP42, "audio/mp4"),
        (b"ID3" + b"\0" * 80, "audio/mpeg"),
        (b"#!AMR\n123", "audio/amr"),
    ],
)
def test_what_telephones_record_goes_as_it_is(school: School, content: bytes, told: str) -> None:
    file = spoken(school, content)
    assert file.claimed_type == told
    with opened(file) as same:
        assert same.read() == content


@pytest.mark.parametrize(
    "content", [samples.PAGE, b"\x1aE\xdf\xa3webm", b"OggS" + b"vorbis" * 20, b"RIFF\0\0\0\0WAVEbroken"]
)
def test_what_cannot_be_sent_is_refused(school: School, content: bytes) -> None:
    with pytest.raises(NotASound):
        spoken(school, content)
    assert not StoredFile.objects.exists()


def test_what_is_too_long_is_refused_before_it_is_looked_at(school: School) -> None:
    with pytest.raises(TooLong):
        spoken(school, b"", size=LONGEST + 1)


@pytest.mark.skipif(shutil.which("opusenc") is None, reason="opus-tools are not on this machine")
def test_a_wave_file_becomes_opus(school: School) -> None:
    samples_of_sound = b"\x00\x10" * 8000
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(samples_of_sound), b"WAVE", b"fmt ", 16, 1, 1,
                       8000, 16000, 2, 16, b"data", len(samples_of_sound))  # fmt: skip
    file = spoken(school, head + samples_of_sound)
    assert (file.seen_type, file.claimed_type) == ("audio/ogg", "audio/ogg")
    assert file.seconds == pytest.approx(1.0, abs=0.1)
