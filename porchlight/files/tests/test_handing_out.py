"""A file from outside is saved, never shown: whatever it claims to be, it cannot act in our pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.http import FileResponse

from porchlight.files.handing_out import ANYTHING, as_attachment
from porchlight.files.keeping import keep, opened
from porchlight.files.tests import samples
from porchlight.files.tests.kept import as_clean
from porchlight.schools.models import School

DANGEROUS = {
    "a page": (samples.PAGE, "text/html"),
    "a drawing that acts": (samples.DRAWING, "image/svg+xml"),
    "a page that claims to be a picture": (samples.PAGE, "image/png"),
    "a program": (b"MZ\x90\x00" + b"\0" * 60, "application/x-msdownload"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "application/x-sh"),
    "nothing": (b"", "image/jpeg"),
}


@pytest.fixture
def school(db: None, tmp_path: Path, settings) -> School:
    settings.MEDIA_ROOT = tmp_path
    return School.objects.create(slug="maple-street", name="Maple Street School")


@contextmanager
def handed_out(
    school: School, content: bytes, claimed: str = "", name: str = "Voice note"
) -> Iterator[FileResponse]:
    file = as_clean(school, content)
    file.claimed_type = claimed
    response = as_attachment(file, name)
    yield response
    response.close()


@pytest.mark.parametrize("what", DANGEROUS)
def test_what_could_act_travels_as_bytes_without_a_name_that_starts_anything(
    school: School, what: str
) -> None:
    content, claimed = DANGEROUS[what]
    with handed_out(school, content, claimed, name="report.html") as response:
        assert response["Content-Type"] == ANYTHING
        assert response["Content-Disposition"] == 'attachment; filename="report.html.bin"'
        assert b"".join(response.streaming_content) == content


def test_every_answer_forbids_guessing_and_takes_every_right_away(school: School) -> None:
    with handed_out(school, samples.JPEG, "image/jpeg") as response:
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Disposition"].startswith("attachment;")


def test_a_voice_note_is_saved_as_one(school: School) -> None:
    with handed_out(
        school, samples.ogg_opus(8), "application/octet-stream", name="Voice note, Mr Yousaf"
    ) as response:
        assert response["Content-Type"] == "audio/ogg"
        assert response["Content-Disposition"] == 'attachment; filename="Voice note Mr Yousaf.ogg"'


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("../../etc/passwd", "etc passwd.jpg"),
        ('a"; filename="b.exe', "a filename b.exe.jpg"),
        ("line\r\nX-Evil: 1", "line X-Evil 1.jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
    ],
)
def test_a_name_is_only_a_name(school: School, name: str, saved: str) -> None:
    with handed_out(school, samples.JPEG, name=name) as response:
        assert response["Content-Disposition"] == f'attachment; filename="{saved}"'


def test_names_in_other_scripts_stay(school: School) -> None:
    with handed_out(school, samples.JPEG, name="حمزہ کی تصویر") as response:
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D8%AD")


def test_bytes_the_store_has_lost_are_missed_at_once(school: School, settings, tmp_path: Path) -> None:
    file = keep(school=school, source="m1", content=BytesIO(samples.JPEG))
    (tmp_path / file.path).unlink()
    with pytest.raises(FileNotFoundError):
        opened(file)
