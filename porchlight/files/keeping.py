"""Keeping a file: the bytes first, then the row, so that a row never speaks of bytes that are not there."""

from __future__ import annotations

import hashlib
from typing import IO, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from porchlight.files.cleaning import LARGEST, Clean, cleaned
from porchlight.files.looking import seconds_of, type_of
from porchlight.files.models import StoredFile
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

PIECE = 256 * 1024


class TooLarge(ValueError):
    """More bytes than we keep of one file."""


def keep(
    *, school: School | int, source: str, content: BinaryIO, name: str = "", claimed_type: str = ""
) -> StoredFile:
    """Keep these bytes as what came with `source` (at most 64 letters). The same source twice is one file.

    They wait apart as they came, and nobody has them before `clean()`. Raises TooLarge. In the school's context.
    Bytes whose transaction is rolled back are taken away again.
    """
    school_id = school if isinstance(school, int) else school.pk
    known = StoredFile.objects.in_school(school_id).filter(source=source).first()
    if known is not None:
        return known
    digest, size = _measured(content)
    file = StoredFile(
        school_id=school_id,
        source=source,
        name=name[:200],
        claimed_type=claimed_type[:100],
        seen_type=type_of(content),
        seconds=seconds_of(content),
        size=size,
        digest=digest,
    )
    return _written(file, content)


def keep_clean(*, school: School, source: str, name: str, what: Clean, claimed_type: str = "") -> StoredFile:
    """Keep what was cleaned at once, as with a colleague's own recording. In the school's context."""
    file = StoredFile(school=school, source=source, name=name[:200], claimed_type=claimed_type or what.type)
    _describe(file, what)
    return _written(file, what.content)


def clean(file: StoredFile) -> StoredFile:
    """Make a file clean that waits apart; how it came is not kept. Outside of a transaction, since it takes a while.

    Raises NotKept, ScannerAway, FileNotFoundError; then it waits as before.
    """
    with opened(file) as waiting, cleaned(cast("BinaryIO", waiting)) as what:
        before = file.path
        _describe(file, what)
        default_storage.delete(file.path)  # of one who died on the way
        default_storage.save(file.path, File(what.content))
        with school_context(file.school_id):
            file.save()
    default_storage.delete(before)
    return file


def throw_away(file: StoredFile) -> None:
    """Neither the row nor the bytes stay. In the school's context."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def opened(file: StoredFile) -> File[bytes]:
    """Its bytes. Raises FileNotFoundError when the store has lost them."""
    return default_storage.open(file.path, "rb")


def read_at(path: str) -> bytes:
    """All bytes of a small file by its place in the store. Raises OSError."""
    with default_storage.open(path, "rb") as kept:
        content: bytes = kept.read()
    return content


def _describe(file: StoredFile, what: Clean) -> None:
    file.digest, file.size = _measured(what.content)
    file.seen_type, file.seconds = what.type, what.seconds
    file.width, file.height = what.width, what.height
    file.cleaned_at = school_time.now()


def _written(file: StoredFile, content: IO[bytes]) -> StoredFile:
    """Either both, bytes and row, or neither: also when there is room for half of them."""
    content.seek(0)
    try:
        default_storage.save(file.path, File(content))
        with transaction.atomic():
            file.save()
    except BaseException:
        default_storage.delete(file.path)
        raise
    return file


def _measured(content: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and length. Raises TooLarge."""
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := content.read(PIECE):
        size += len(piece)
        if size > LARGEST:
            raise TooLarge(f"more than {LARGEST} bytes")
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest(), size
