"""Words that a machine reads out, kept as sound that is small: about 2 KB a second."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.db import IntegrityError, transaction

from porchlight.files.apart import read_out
from porchlight.files.cleaning import made_apart
from porchlight.files.keeping import keep_clean
from porchlight.files.models import StoredFile
from porchlight.schools.models import School

BYTES_A_SECOND = read_out.BITS // 8


def keep_read_out(*, school: School, source: str, sound: bytes) -> StoredFile:
    """Keep this sound (WAV) as what belongs to `source` (at most 64 letters). The same source twice is one file.

    Raises NotKept.
    """
    rows = StoredFile.objects.in_school(school).filter(source=source)
    if known := rows.first():
        return known
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(sound)
        what = made_apart(Path(read_out.__file__), given=given, answer=answer)
        try:
            with transaction.atomic():
                return keep_clean(school=school, source=source, name="", what=what)
        except IntegrityError:  # somebody else asked to hear it in the same second
            return rows.get()
