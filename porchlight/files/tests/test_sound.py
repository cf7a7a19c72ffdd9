"""Sound is played in our pages, whole or in parts; a recording that goes out is one that every phone plays."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File

from porchlight.files import handing_out, keeping, speaking
from porchlight.files.handing_out import PIECE, as_sound
from porchlight.files.models import StoredFile
from porchlight.files.speaking import LONGEST, NotASound, TooLong, keep_spoken
from porchlight.files.tests import real, samples
from porchlight.files.tests.kept import as_clean, told
from porchlight.schools.models import School
from practice.enclosures import voice_note

NOTE = voice_note(1)


@pytest.fixture
def school(db: None, tmp_path: Path, settings) -> School:
    settings.MEDIA_ROOT = tmp_path
    return School.objects.create(slug="maple-street", name="Maple Street School")


def kept(school: School, content: bytes) -> StoredFile:
    return as_clean(school, content)


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
    assert (answer.status_code, told(answer)) == (status, NOTE[part])
    assert answer["Content-Length"] == str(len(NOTE[part]))
    assert answer["Accept-Ranges"] == "bytes"
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "audio/ogg")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_long_sound_is_read_in_pieces_and_of_a_part_no_more_than_it(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []

    class Watched(File):
        def read(self, size: int = -1) -> bytes:
            reads.append(size)
            return self.file.read(size)

    monkeypatch.setattr(handing_out, "opened", lambda file: Watched(keeping.opened(file)))
    long = kept(school, NOTE + bytes(1 << 20))
    answer = as_sound(long, "bytes=4-11")
    assert (told(answer), reads) == (NOTE[4:12], [8])
    assert answer["Content-Range"] == f"bytes 4-11/{len(NOTE) + (1 << 20)}"
    reads.clear()
    assert len(told(as_sound(long))) == long.size
    assert max(reads) == PIECE


@pytest.mark.parametrize("content", [samples.PAGE, samples.DRAWING, b"%PDF-1.4", b""])
def test_what_is_no_sound_is_never_played(school: School, content: bytes) -> None:
    with pytest.raises(FileNotFoundError):
        as_sound(kept(school, content))


def spoken(school: School, content: bytes, size: int | None = None) -> StoredFile:
    return keep_spoken(
        school=school, source="x", content=BytesIO(content), size=len(content) if size is None else size
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (NOTE, "audio/ogg"),
        (real.recording("ipod", "aac"), "audio/mp4"),
        (real.recording("mp4", "aac"), "audio/mp4"),  # what telephones' own recorders write
        (real.recording("mp3", "libmp3lame"), "audio/mpeg"),
        (real.speech_amr(), "audio/ogg"),
        (real.wave(), "audio/ogg"),
        (real.recording("webm", "libopus"), "audio/ogg"),  # what browsers on computers record
    ],
)
def test_a_recording_becomes_one_that_every_phone_plays(school: School, content: bytes, kind: str) -> None:
    file = spoken(school, content)
    assert (file.claimed_type, file.seen_type) == (kind, kind)
    assert file.seconds == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(
    "content",
    [samples.PAGE, b"\x1aE\xdf\xa3webm", b"OggS" + b"vorbis" * 20, real.film(), real.photo(), real.PDF],
)
def test_what_cannot_be_sent_is_refused(school: School, content: bytes) -> None:
    with pytest.raises(NotASound):
        spoken(school, content)
    assert not StoredFile.objects.exists()


def test_what_is_too_long_is_refused_before_it_is_looked_at(school: School) -> None:
    with pytest.raises(TooLong):
        spoken(school, b"", size=LONGEST + 1)


@pytest.mark.parametrize("kind", [real.wave, real.speech_amr])
def test_nobody_listens_for_hours_and_nobody_waits_while_they_are_packed(
    school: School, kind: Callable[[float], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few megabytes of the poorest sound last for hours."""
    monkeypatch.setattr(speaking, "LASTS", 2)
    with pytest.raises(TooLong):
        spoken(school, kind(3.0))
    assert spoken(school, kind(1.0)).seconds == pytest.approx(1.0, abs=0.1)
