"""A file to a browser: to be saved; or, where it is a picture we drew or sound we packed, to be seen and heard.

The browser is told a type only from a short list, and only when that is what we made or saw; to guess none itself;
and to give what is opened from here no right to our pages, were it opened all the same. What waits to be cleaned is
handed to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.core.files import File
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from porchlight.files import keeping
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
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
FILM = "video/mp4"  # as we make it
SHOWN = ("image/jpeg", "image/png")  # the two that we draw
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
PIECE = 64 * 1024
# A browser puts a picture by itself into a page of its own making, with a style of its own.
FOR_A_PICTURE = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
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


def as_picture(file: StoredFile) -> StreamingHttpResponse:
    """A picture for one of our pages. Raises FileNotFoundError, also for what is no picture that we drew."""
    if file.seen_type not in SHOWN:
        raise FileNotFoundError
    kept = opened(file)
    response = StreamingHttpResponse(_Pieces(kept, 0, kept.size), content_type=file.seen_type)
    response["Content-Length"] = str(kept.size)
    _guarded(response)["Content-Security-Policy"] = FOR_A_PICTURE
    return response


def opened(file: StoredFile) -> File[bytes]:
    """Its bytes. Raises FileNotFoundError, also for what was not cleaned."""
    if file.cleaned_at is None:
        raise FileNotFoundError
    return keeping.opened(file)


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


def as_sound(file: StoredFile, wanted: str = "") -> StreamingHttpResponse:
    """Sound for a player in one of our pages. `wanted` is the request's Range: phones ask for a part before the whole.

    Raises FileNotFoundError, also for what is no sound. Read and handed on in pieces: what a home sends may be long.
    """
    if file.seen_type not in SOUNDS:
        raise FileNotFoundError
    return _in_parts(file, SOUNDS[file.seen_type], wanted)


def as_film(file: StoredFile, wanted: str = "") -> StreamingHttpResponse:
    """A film that we made, for a player in one of our pages, as `as_sound`. Raises FileNotFoundError."""
    if file.seen_type != FILM:
        raise FileNotFoundError
    return _in_parts(file, FILM, wanted)


def _in_parts(file: StoredFile, told_as: str, wanted: str) -> StreamingHttpResponse:
    kept = opened(file)
    first, last = _part(wanted, kept.size)
    is_part = (first, last) != (0, max(0, kept.size - 1))
    pieces = _Pieces(kept, first, last - first + 1)
    response = StreamingHttpResponse(pieces, status=206 if is_part else 200, content_type=told_as)
    response["Content-Length"] = str(min(kept.size, last - first + 1))
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{kept.size}"
    response["Accept-Ranges"] = "bytes"
    return _guarded(response)


class _Pieces:
    """Some bytes of a file, a piece at a time; closed with the answer, also when nobody asked for any."""

    def __init__(self, kept: File[bytes], first: int, length: int) -> None:
        self.kept, self.first, self.length = kept, first, length

    def __iter__(self) -> Iterator[bytes]:
        with self.kept:
            self.kept.seek(self.first)
            left_over = self.length
            while left_over > 0 and (piece := self.kept.read(min(PIECE, left_over))):
                left_over -= len(piece)
                yield piece

    def close(self) -> None:
        self.kept.close()


def _part(wanted: str, size: int) -> tuple[int, int]:
    """First and last byte of one range (RFC 9110, 14.1.2); the whole for anything else."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or not any(found.groups()) or not size:
        return 0, max(0, size - 1)
    if not found[1]:
        return max(0, size - int(found[2])), size - 1
    first, last = int(found[1]), min(int(found[2] or size), size - 1)
    return (first, last) if first <= last else (0, size - 1)
