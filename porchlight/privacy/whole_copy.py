"""Everything of one school in one file, for the school to take along: table by table, and every file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from porchlight.files.handing_out import opened
from porchlight.files.models import StoredFile
from porchlight.privacy.copying import plain
from porchlight.privacy.register import of_schools
from porchlight.schools.models import School
from porchlight.toolbox.kept import Kept, Sort

AT_A_TIME = 500


def write_whole_copy(school: School, place: Path) -> int:
    """A zip with `<table>.jsonl`, a row a line, without what opens something; how many rows. In the school's context.

    Raises OSError, and FileExistsError where a file stands already.
    """
    count = 0
    with place.open("xb") as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for model, kept in of_schools():
            rows = model._base_manager.filter(school_id=school.pk).order_by("pk")
            with archive.open(f"{model._meta.label}.jsonl", "w") as out:
                for row in rows.iterator(AT_A_TIME):
                    out.write(json.dumps(_told(row, kept), ensure_ascii=False).encode() + b"\n")
                    count += 1
        for stored in StoredFile.objects.in_school(school).order_by("pk"):
            try:
                with opened(stored) as content:
                    archive.writestr(f"files/{stored.key}", content.read(), compress_type=ZIP_STORED)
            except FileNotFoundError:
                continue  # the store has lost it; its row is in the copy
    place.chmod(0o600)
    return count


def _told(row: Any, kept: Kept) -> dict[str, Any]:
    names = [f for f in row._meta.local_fields if kept.sort_of(f.name) is not Sort.SECRETS]
    return {column.attname: plain(getattr(row, column.attname)) for column in names}
