"""Keeping a file: the bytes first, then the row, so that a row never speaks of bytes that are not there."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from porchlight.files.looking import seconds_of, type_of
from porchlight.files.models import StoredFile
from porchlight.schools.models import School

LARGEST = 100 * 1024 * 1024  # bytes: the largest document WhatsApp carries
PIECE = 256 * 1024


class TooLarge(ValueError):
    """More bytes than we keep of one file."""


def keep(
    *, school: School | int, source: str, content: BinaryIO, name: str = "", claimed_type: str = ""
) -> StoredFile:
    """Keep these bytes as what came with `source` (at most 64 letters). The same source twice is one file.

    Raises TooLarge. In the school's context. Bytes whose transaction is rolled back are taken away again.
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
    content.seek(0)
    default_storage.save(file.path, File(content))
    try:
        with transaction.atomic():
            file.save()
    except BaseException:
        default_storage.delete(file.path)
        raise
    return file


def opened(file: StoredFile) -> File[bytes]:
    """Its bytes. Raises FileNotFoundError when the store has lost them."""
    return default_storage.open(file.path, "rb")


def read_at(path: str) -> bytes:
    """All bytes of a small file by its place in the store. Raises OSError."""
    with default_storage.open(path, "rb") as kept:
        content: bytes = kept.read()
    return content


def _measured(content: BinaryIO) -> tuple[str, int]:
    """SHA-256 and length. Raises TooLarge."""
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := content.read(PIECE):
        size += len(piece)
        if size > LARGEST:
            raise TooLarge(f"more than {LARGEST} bytes")
        digest.update(piece)
    return digest.hexdigest(), size
