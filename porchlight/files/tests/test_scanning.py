"""T17. With a virus scanner set, nothing is kept that it knows as harmful; while it is away, files wait."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from porchlight.files import scanning
from porchlight.files.cleaning import NotKept, Reason, cleaned
from porchlight.files.handing_out import as_attachment
from porchlight.files.keeping import clean, keep, opened, throw_away
from porchlight.files.models import StoredFile
from porchlight.files.scanning import ScannerAway, is_harmful
from porchlight.files.tests import real
from porchlight.files.tests.clamd import EICAR, running
from porchlight.schools.models import School

INFECTED = real.PDF + EICAR


@pytest.fixture
def place(settings) -> Iterator[Path]:
    with TemporaryDirectory() as folder:  # a socket's path may be no longer than 100 letters
        settings.CLAMD = str(Path(folder, "clamd"))
        yield Path(settings.CLAMD)


def test_t17_what_the_scanner_knows_is_refused_and_the_rest_is_taken(place: Path) -> None:
    with running(place) as daemon:
        with pytest.raises(NotKept) as refused, cleaned(BytesIO(INFECTED)):
            pass
        assert refused.value.reason == Reason.INFECTED
        with cleaned(BytesIO(real.PDF)) as what:
            assert what.type == "application/pdf"
        assert daemon.seen == [INFECTED, real.PDF]  # as it came, before anything opened it


def test_t17_a_scanner_that_is_away_or_cannot_say_lets_nothing_through(place: Path, settings) -> None:
    content = BytesIO(real.PDF)
    with pytest.raises(ScannerAway):
        is_harmful(content)
    with running(place) as daemon:
        daemon.stream_max_length = 10
        with pytest.raises(ScannerAway):
            is_harmful(content)
    for elsewhere in ("127.0.0.1:9", "127.0.0.1:none"):
        settings.CLAMD = elsewhere
        with pytest.raises(ScannerAway):
            is_harmful(content)
    settings.CLAMD = ""
    assert not is_harmful(BytesIO(EICAR))  # no scanner: nothing is asked


def test_by_host_and_port(settings) -> None:
    assert (scanning._daemon("scanner.example").host, scanning._daemon("10.0.0.7:3311").port) == (
        "scanner.example",
        3311,
    )


def test_t17_a_file_waits_apart_whole_until_the_scanner_is_back(
    db: None, place: Path, settings, tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    settings.MEDIA_ROOT = tmp_path
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    came = real.photo()
    file = keep(school=school, source="m1", content=BytesIO(came))
    bad = keep(school=school, source="m2", content=BytesIO(INFECTED))
    with pytest.raises(ScannerAway):
        clean(file)
    file.refresh_from_db()
    assert (file.cleaned_at, file.path.partition("/")[0]) == (None, "apart")
    with opened(file) as waiting:
        assert waiting.read() == came
    with pytest.raises(FileNotFoundError):
        as_attachment(file, "photo")
    with running(place):
        clean(file)
        with pytest.raises(NotKept):
            clean(bad)
    with django_capture_on_commit_callbacks(execute=True):
        throw_away(bad)
    file.refresh_from_db()
    assert (file.seen_type, file.width, file.path.partition("/")[0]) == ("image/jpeg", 96, str(school.pk))
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        file.path
    ]
    assert StoredFile.objects.get() == file
