"""Small files as telephones make them, written byte by byte: nothing here was ever anybody's."""

from __future__ import annotations


def ogg_opus(seconds: float, *, skipped: int = 312, pages: int = 1) -> bytes:
    """A voice note's frame: first page with its header, pages of sound, a last page that says where it ends."""
    head = (
        b"OpusHead"
        + bytes([1, 1])
        + skipped.to_bytes(2, "little")
        + (48_000).to_bytes(4, "little")
        + b"\0\0\0"
    )
    end = round(seconds * 48_000) + skipped
    sound = b"".join(page(end * number // (pages + 1), b"\x7f" * 40_000) for number in range(pages))
    return page(0, head) + page(0, b"OpusTags" + b"\0" * 8) + sound + page(end, b"\x7f" * 40)


def page(granule: int, body: bytes) -> bytes:
    """One Ogg page (RFC 3533, 6); its checksum is not looked at by anybody here."""
    lengths = bytes([255] * (len(body) // 255) + [len(body) % 255])
    return b"OggS\0\0" + granule.to_bytes(8, "little") + b"\0" * 12 + bytes([len(lengths)]) + lengths + body


JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
WEBP = b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 40
GIF = b"GIF89a" + b"\0" * 40
PDF = b"%PDF-1.7\n" + b"\0" * 40
MP4 = b"\0\0\0\x18ftypisom" + b"\0" * 40
M4A = b"\0\0\0\x18ftypM4A " + b"\0" * 40
GP3 = b"\0\0\0\x18ftyp3gp5" + b"\0" * 40
AMR = b"#!AMR\n" + b"\0" * 40
MP3 = b"ID3\x04" + b"\0" * 40
AAC = b"\xff\xf1" + b"\0" * 40
PAGE = b"<!doctype html><script>alert(1)</script>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
