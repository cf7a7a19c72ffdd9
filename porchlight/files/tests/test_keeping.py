"""A file is kept byte for byte, once, within its measure; a row never speaks of bytes that are not there."""

from __future__ import annotations

import errno
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files import File
from django.db import DatabaseError

from porchlight.files import keeping
from porchlight.files.keeping import TooLarge, keep, opened
from porchlight.files.models import StoredFile
from porchlight.files.tests import samples
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import School
from porchlight.schools.wall import school_context


@pytest.fixture
def school(db: None, tmp_path: Path, settings) -> School:
    settings.MEDIA_ROOT = tmp_path
    return School.objects.create(slug="maple-street", name="Maple Street School")


def lying_there() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_voice_note_is_kept_as_it_came(school: School) -> None:
    content = samples.ogg_opus(8)
    file = keep(
        school=school,
        source="m1",
        content=BytesIO(content),
        name="PTT.ogg",
        claimed_type="audio/ogg; codecs=opus",
    )
    assert (file.size, file.digest) == (len(content), hashlib.sha256(content).hexdigest())
    assert (file.seen_type, round(file.seconds or 0)) == ("audio/ogg", 8)
    with opened(file) as kept:
        assert kept.read() == content
    [path] = lying_there()
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_thing_twice_is_one_file(school: School) -> None:
    first, again = (keep(school=school, source="m1", content=BytesIO(samples.JPEG)) for _ in range(2))
    assert first == again
    assert len(lying_there()) == 1


def test_more_than_the_measure_is_refused_and_leaves_nothing(school: School, monkeypatch) -> None:
    monkeypatch.setattr(keeping, "LARGEST", 1000)
    keep(school=school, source="small", content=BytesIO(b"x" * 1000))
    with pytest.raises(TooLarge):
        keep(school=school, source="large", content=BytesIO(b"x" * 1001))
    assert [file.source for file in StoredFile.objects.all()] == ["small"]
    assert len(lying_there()) == 1


def test_nobody_looks_round_among_files(school: School) -> None:
    keep(school=school, source="m1", content=BytesIO(samples.JPEG))
    leader = Actor(Kind.STAFF, school.pk, 1, frozenset({Role.LEADER}))
    assert not StoredFile.objects.visible_to(leader).exists()


@pytest.mark.postgres
def test_one_schools_file_is_not_anothers_and_what_the_wall_refuses_leaves_no_bytes(
    tmp_path: Path, settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    one, other = (School.objects.create(slug=slug, name=slug) for slug in ("maple-street", "oak-road"))
    with school_context(one):
        file = keep(school=one, source="m1", content=BytesIO(samples.JPEG))
    with school_context(other):
        assert not StoredFile.objects.filter(pk=file.pk).exists()
    with pytest.raises(DatabaseError), school_context(other):
        keep(school=one, source="m2", content=BytesIO(samples.PNG))
    [path] = lying_there()
    assert path.read_bytes() == samples.JPEG


class HalfFits(BytesIO):
    """Bytes of which the disk takes one of the store's pieces, and no second."""

    def read(self, size: int | None = -1) -> bytes:
        if size == File.DEFAULT_CHUNK_SIZE and self.tell() > 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(size)


def test_half_a_file_does_not_stay_when_the_disk_is_full(school: School) -> None:
    """T43."""
    with pytest.raises(OSError, match="No space left"):
        keep(school=school, source="m1", content=HalfFits(samples.JPEG + b"x" * 500_000))
    assert (lying_there(), StoredFile.objects.count()) == ([], 0)
