"""A stranger's file to a colleague's browser: always to be saved, never shown in one of our pages.

The browser is told a type only from a short list, and only when the first bytes agree; to guess none itself; and
to give what is opened from here no right to our pages, were it opened all the same.
"""

from __future__ import annotations

import re

from django.http import FileResponse

from porchlight.files.keeping import opened
from porchlight.files.models import StoredFile

HANDED_OUT_AS = {
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "application/pdf": "pdf",
}
ANYTHING = "application/octet-stream"
_NOT_IN_A_NAME = re.compile(r"[^\w .()-]+")


def as_attachment(file: StoredFile, name: str) -> FileResponse:
    """The file, to be saved under `name`. Raises FileNotFoundError."""
    ending = HANDED_OUT_AS.get(file.seen_type)
    response = FileResponse(
        opened(file),
        as_attachment=True,
        filename=saved_as(file, name),
        content_type=file.seen_type if ending else ANYTHING,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def saved_as(file: StoredFile, name: str) -> str:
    """`name` with the ending of what the file is; the sender's own ending only where it can start nothing."""
    plain = " ".join(_NOT_IN_A_NAME.sub(" ", name).split()).strip(" .")[:80] or "file"
    ending = HANDED_OUT_AS.get(file.seen_type)
    return f"{plain}.{ending}" if ending else f"{plain}.bin"
