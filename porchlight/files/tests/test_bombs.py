"""T15. A small file that grows without end when it is opened is refused within two seconds, and costs us no memory."""

from __future__ import annotations

import resource
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from porchlight.files.cleaning import NotKept, Reason, cleaned
from porchlight.files.tests import real
from practice.enclosures import _ogg

MEGABYTE = 1 << 20


def vast_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """So many pixels of one colour."""
    data = zlib.compress((b"\0" + b"\0" * (width * 3)) * min(height, 20), 1)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", data),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def wordy_png() -> bytes:
    """A note of 200 MB in a picture of one pixel."""
    note = b"Comment\0\0" + zlib.compress(b"0" * (200 * MEGABYTE), 1)
    chunk = struct.pack(">I", len(note)) + b"zTXt" + note + struct.pack(">I", zlib.crc32(b"zTXt" + note))
    plain = real.photo("PNG", size=(1, 1))
    return plain[:33] + chunk + plain[33:]


def grown(levels: int = 6) -> bytes:
    """An office document with an archive in an archive in an archive, and one part that unpacks to 600 MB."""
    inner = b"0" * MEGABYTE
    for _ in range(levels):
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name in "0123456789":
                archive.writestr(f"{name}.zip", inner)
        inner = out.getvalue()
    made = bytearray(real.office(**{"word/media/0.zip": inner}))
    at = made.rindex(b"PK\x01\x02")
    made[at + 24 : at + 28] = struct.pack("<I", 600 * MEGABYTE)  # as its directory says
    return bytes(made)


def many_parts() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for number in range(5_100):
            archive.writestr(f"word/{number}.xml", b"")
    return out.getvalue()


def a_day_of_silence() -> bytes:
    """Opus in Ogg whose last page says that a day and a night have passed."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 1) + b"x" + struct.pack("<I", 0)
    pages = [_ogg(0, 0, [head], 2), _ogg(1, 0, [tags])]
    pages += [_ogg(number, number * 960, [b"\xf8\xff\xfe"]) for number in range(2, 40)]
    return b"".join([*pages, _ogg(40, 24 * 3600 * 48_000, [b"\xf8\xff\xfe"], 4)])


BOMBS: dict[str, tuple[Callable[[], bytes], set[Reason]]] = {
    "30,000 x 30,000 pixels": (vast_png, {Reason.TOO_LARGE}),
    "a strip a million pixels long": (lambda: vast_png(1_000_000, 2), {Reason.TOO_LARGE}),
    "a note of 200 MB in a picture": (wordy_png, {Reason.DAMAGED, Reason.TOO_LARGE}),
    "archives in archives": (grown, {Reason.TOO_LARGE}),
    "a document of five thousand parts": (many_parts, {Reason.TOO_LARGE}),
    "a day of silence": (a_day_of_silence, {Reason.TOO_LARGE}),
    "a gzip that claims 10 GB": (lambda: b"\x1f\x8b\x08" + b"\0" * 60 + struct.pack("<I", 2**32 - 1), {Reason.KIND}),
    "a list of addresses to play": (lambda: b"#EXTM3U\n#EXTINF:1,\nhttp://169.254.169.254/latest/\n", {Reason.KIND}),
    "a list of files to play": (lambda: b"ffconcat version 1.0\nfile '/etc/passwd'\n", {Reason.KIND}),
    "sound that is said to go on": (lambda: real.wave(0.1, claimed=2**32 - 200), set()),
}  # fmt: skip


@pytest.mark.parametrize(("made", "reasons"), BOMBS.values(), ids=BOMBS)
def test_t15_it_is_refused_soon_and_in_little_memory(made: Callable[[], bytes], reasons: set[Reason]) -> None:
    content = made()
    assert len(content) < MEGABYTE
    before, computed = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, _computed()
    if not reasons:  # harmless in the end: there is only as much of it as there is
        with cleaned(BytesIO(content)) as what:
            assert (what.seconds or 0) < 1
    else:
        with pytest.raises(NotKept) as refused, cleaned(BytesIO(content)):
            pass
        assert refused.value.reason in reasons
    assert (
        _computed() - computed < 2
    )  # of computing: how busy the machine is otherwise is not the file's fault
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024  # KiB


def _computed() -> float:
    ours, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime
