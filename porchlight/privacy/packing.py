"""A copy as one file: `copy.json` for a machine, `copy.html` for a person, and the files themselves."""

from __future__ import annotations

import json
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.template.loader import render_to_string

from porchlight.files.handing_out import opened, saved_as
from porchlight.privacy.copying import Copy
from porchlight.privacy.words import table_words

FORMAT = "porchlight-copy-1"


def packed(copy: Copy) -> IO[bytes]:
    """A zip, at its beginning. A file the store has lost is named in `copy.json` and not there."""
    out: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by who hands it out
    kept: dict[str, str] = {}
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for key, file in sorted(copy.files.items()):
            name = f"files/{saved_as(file, f'{key} {file.name}')}"
            try:
                with opened(file) as content:
                    archive.writestr(name, content.read(), compress_type=ZIP_STORED)
                kept[key] = name
            except FileNotFoundError:
                kept[key] = ""
        told = {
            "format": FORMAT,
            "school": copy.school.name,
            "about": copy.about,
            "made_at": copy.made_at.isoformat(),
            "tables": copy.tables,
            "files": kept,
        }
        archive.writestr("copy.json", json.dumps(told, ensure_ascii=False, indent=1))
        archive.writestr("copy.html", _page(copy, kept))
    out.seek(0)
    return out


def _page(copy: Copy, files: dict[str, str]) -> str:
    tables = [
        {"title": table_words(label, copy.titles[label]), "rows": [_cells(row) for row in rows]}
        for label, rows in copy.tables.items()
    ]
    whole = {"copy": copy, "tables": [one for one in tables if any(one["rows"])], "files": files.values()}
    return render_to_string("privacy/copy.html", whole)


def _cells(row: dict[str, object]) -> list[tuple[str, object]]:
    """What is worth reading of a row: nothing empty."""
    return [(name.replace("_", " "), value) for name, value in row.items() if value not in (None, "", [], {})]
