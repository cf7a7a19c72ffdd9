"""A stranger's file to a colleague's browser: always to be saved, never shown in one of our pages.

The browser is told a type only from a short list, and only when the first bytes agree; to guess none itself; and
to give what is opened from here no right to our pages, were it opened all the same.
"""

from __future__ import annotations

import re

from django.http import FileResponse, HttpResponse, HttpResponseBase

from porchlight.files.keeping import opened
from porchlight.files.models import StoredFile

HANDED_OUT_AS = {
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/wav": "wav",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "application/pdf": "pdf",
}
# What a page of ours may play, and how a browser is told: sound in an MP4 looks like a film by its first bytes.
SOUNDS = {
    "audio/ogg": "audio/ogg",
    "audio/mpeg": "audio/mpeg",
    "audio/mp4": "audio/mp4",
    "audio/aac": "audio/aac",
    "audio/amr": "audio/amr",
    "audio/wav": "audio/wav",
    "video/mp4": "audio/mp4",
    "video/3gpp": "audio/3gpp",
}
ANYTHING = "application/octet-stream"
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
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
    return _guarded(response)


def _guarded[R: HttpResponseBase](response: R) -> R:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def saved_as(file: StoredFile, name: str) -> str:
    """`name` with the ending of what the file is; the sender's own ending only where it can start nothing."""
    plain = " ".join(_NOT_IN_A_NAME.sub(" ", name).split()).strip(" .")[:80] or "file"
    ending = HANDED_OUT_AS.get(file.seen_type)
    return f"{plain}.{ending}" if ending else f"{plain}.bin"


def as_sound(file: StoredFile, wanted: str = "") -> HttpResponse:
    """Sound for a player in one of our pages. `wanted` is the request's Range: phones ask for a part before the whole.

    Raises FileNotFoundError, also for what is no sound. Only the part is read: what a home sends may be long.
    """
    if file.seen_type not in SOUNDS:
        raise FileNotFoundError
    with opened(file) as kept:
        first, last = _part(wanted, kept.size)
        is_part = (first, last) != (0, max(0, kept.size - 1))
        kept.seek(first)
        content = kept.read(last - first + 1)
    response = HttpResponse(content, status=206 if is_part else 200, content_type=SOUNDS[file.seen_type])
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{kept.size}"
    response["Accept-Ranges"] = "bytes"
    return _guarded(response)


def _part(wanted: str, size: int) -> tuple[int, int]:
    """First and last byte of one range (RFC 9110, 14.1.2); the whole for anything else."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or not any(found.groups()) or not size:
        return 0, max(0, size - 1)
    if not found[1]:
        return max(0, size - int(found[2])), size - 1
    first, last = int(found[1]), min(int(found[2] or size), size - 1)
    return (first, last) if first <= last else (0, size - 1)
