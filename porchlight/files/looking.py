"""What a file is and how long its sound lasts, read off its first and last bytes. Nothing here decodes anything."""

from __future__ import annotations

from typing import IO

HEAD = 64  # bytes that tell one type from another
TAIL = 128 * 1024  # bytes in which the last page of an Ogg file begins: a page has at most 65,307
OPUS_RATE = 48_000  # an Opus file counts in this rate, whatever was recorded (RFC 7845, 4)
LONGEST = 24 * 3600.0  # seconds; more is a broken file

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"OggS", "audio/ogg"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xfa", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),  # at the lower rates that speech is recorded in
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"\x1aE\xdf\xa3", "video/webm"),  # also where a browser recorded sound alone
    (b"PK\x03\x04", "application/zip"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_BRANDS = {  # of ISO base media files; the others hold films
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
}


def type_of(content: IO[bytes]) -> str:
    """The type its first bytes show, "" when they are none we know. The file is left at its beginning."""
    content.seek(0)
    head = content.read(HEAD)
    content.seek(0)
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "video/3gpp" if brand.startswith(b"3g") else _BRANDS.get(brand, "video/mp4")
    return ""


def seconds_of(content: IO[bytes]) -> float | None:
    """How long an Ogg Opus file lasts: its last page says where it ends, its header how much is left out at the
    start. None for anything else, and for what does not add up. The file is left at its beginning."""
    content.seek(0)
    head = content.read(HEAD)
    content.seek(0, 2)
    content.seek(max(0, content.tell() - TAIL))
    tail = content.read()
    content.seek(0)
    start, last = head.find(b"OpusHead"), tail.rfind(b"OggS")
    if not head.startswith(b"OggS") or start < 0 or last < 0 or len(tail) < last + 14:
        return None
    skipped = int.from_bytes(head[start + 10 : start + 12], "little")
    end = int.from_bytes(tail[last + 6 : last + 14], "little")
    seconds = (end - skipped) / OPUS_RATE
    return seconds if 0 < seconds <= LONGEST else None
