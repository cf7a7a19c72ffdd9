"""A photo, a short film or a letter that goes home with a colleague's words: made clean, and small enough for a slow
network."""

from __future__ import annotations

from typing import BinaryIO

from porchlight.files.cleaning import NotKept, Reason, cleaned
from porchlight.files.filming import FilmRule, is_film, small
from porchlight.files.keeping import keep_clean
from porchlight.files.models import StoredFile
from porchlight.schools.models import School
from porchlight.toolbox.keys import random_key

LARGEST = 20 * 1024 * 1024  # bytes, as it is chosen: a telephone's photo has five
LARGEST_LETTER = 5 * 1024 * 1024  # bytes: a letter goes out as it is, and mailboxes take ten or twenty in all
SIDE = 1600  # pixels: a photo of some 300 KB
SOURCE = "enclosed:"
TAKEN = ("image/jpeg", "image/png", "application/pdf")


def keep_enclosed(
    *, school: School, content: BinaryIO, size: int, films: FilmRule | None = None
) -> StoredFile:
    """Keep what goes along with words. Raises NotKept, scanning.ScannerAway."""
    if is_film(content):
        with small(content, films or FilmRule()) as what:
            return keep_clean(school=school, source=f"{SOURCE}{random_key()}", name="", what=what)
    if size > LARGEST:
        raise NotKept(Reason.TOO_LARGE)
    with cleaned(content, side=SIDE) as what:
        if what.type not in TAKEN:
            raise NotKept(Reason.KIND)
        if what.type == "application/pdf" and size > LARGEST_LETTER:
            raise NotKept(Reason.TOO_LARGE)
        return keep_clean(school=school, source=f"{SOURCE}{random_key()}", name="", what=what)


def enclosed_of(school: School, key: str) -> StoredFile | None:
    """What was kept to go along, by its key; None for anything else."""
    rows = StoredFile.objects.in_school(school).filter(source__startswith=SOURCE, cleaned_at__isnull=False)
    return rows.filter(key=key).first() if key else None
