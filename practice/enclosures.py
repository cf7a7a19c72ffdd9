"""What families send beside words: a voice note that can be played (silence), a picture, a letter as PDF.

Each is made here byte by byte, kept for a while, and handed out by its gateway as the real one does.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
import time
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field

from practice.errors import Mistake

KEPT = 200
GOOD_FOR = 300  # seconds an address of WhatsApp's is good
KINDS = ("voice", "picture", "document")
SILENCE = b"\xf8\xff\xfe"  # one Opus frame of 20 ms
LONGEST_VOICE = 600  # seconds
PAGE_FRAMES = 50  # frames in one page: a second


@dataclass(frozen=True, slots=True)
class Enclosure:
    """`kind` is audio, image or document."""

    kind: str
    mime_type: str
    name: str
    content: bytes
    id: str = field(default_factory=lambda: str(secrets.randbelow(10**15) + 10**15))

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.content).digest()


def made(kind: str, seconds: float = 8) -> Enclosure:
    """A voice note of so many seconds, a picture or a document. Raises Mistake."""
    if kind == "voice":
        if not 0 < seconds <= LONGEST_VOICE:
            raise Mistake(f"A voice note here lasts up to {LONGEST_VOICE} seconds.")
        return Enclosure("audio", "audio/ogg; codecs=opus", "PTT-20261006-WA0001.ogg", voice_note(seconds))
    if kind == "picture":
        return Enclosure("image", "image/png", "IMG-20261006-WA0002.png", picture())
    if kind == "document":
        return Enclosure("document", "application/pdf", "letter.pdf", document())
    raise Mistake(f"What comes along is {', '.join(KINDS)}, not {kind!r}.")


class Cupboard:
    """What families sent lately, by id; and the addresses WhatsApp gave for it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, Enclosure]] = OrderedDict()
        self._good_until: dict[str, float] = {}

    def keep(self, account: str, enclosure: Enclosure) -> Enclosure:
        self._kept[enclosure.id] = (account, enclosure)
        while len(self._kept) > KEPT:
            gone, _ = self._kept.popitem(last=False)
            self._good_until.pop(gone, None)
        return enclosure

    def find(self, account: str, enclosure_id: str) -> Enclosure | None:
        """None for another account's."""
        owner, found = self._kept.get(enclosure_id, ("", None))
        return found if owner == account else None

    def open_for(self, enclosure_id: str, seconds: float = GOOD_FOR) -> int:
        """From now on its bytes are handed out for so long. Returns until when, in real time."""
        self._good_until[enclosure_id] = time.time() + seconds
        return int(self._good_until[enclosure_id])

    def is_open(self, enclosure_id: str) -> bool:
        return self._good_until.get(enclosure_id, 0) > time.time()

    def forget(self) -> None:
        self._kept.clear()
        self._good_until.clear()


def voice_note(seconds: float) -> bytes:
    """Silence as a telephone would record it: Opus in Ogg (RFC 7845)."""
    skip = 312
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, skip, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 8) + b"practice" + struct.pack("<I", 0)
    pages = [_ogg(0, 0, [head], 2), _ogg(1, 0, [tags])]
    end = round(seconds * 48_000) + skip
    frames = -(-end // 960)
    for number, first in enumerate(range(0, frames, PAGE_FRAMES), 2):
        count = min(PAGE_FRAMES, frames - first)
        is_last = first + count >= frames
        granule = end if is_last else (first + count) * 960
        pages.append(_ogg(number, granule, [SILENCE] * count, 4 if is_last else 0))
    return b"".join(pages)


def _ogg(number: int, granule: int, packets: list[bytes], flags: int = 0) -> bytes:
    """One page (RFC 3533, 6), with the checksum players look at."""
    lengths = b"".join(bytes([255] * (len(one) // 255) + [len(one) % 255]) for one in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, granule, 0x504C, number, 0, len(lengths))
    page = head + lengths + b"".join(packets)
    return page[:22] + struct.pack("<I", _crc(page)) + page[26:]


def _crc_table() -> list[int]:
    table = []
    for value in range(256):
        crc = value << 24
        for _ in range(8):
            crc = (crc << 1) ^ (0x04C11DB7 if crc & 0x80000000 else 0)
        table.append(crc & 0xFFFFFFFF)
    return table


_CRC = _crc_table()


def _crc(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc = ((crc << 8) & 0xFFFFFFFF) ^ _CRC[(crc >> 24) ^ byte]
    return crc


def picture() -> bytes:
    """A small sunrise, as PNG."""
    rows = b"".join(b"\0" + bytes([250, 140 + y, 60 + y]) * 96 for y in range(72))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 96, 72, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def document() -> bytes:
    """One empty page, as PDF."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + one + b"endobj\n"
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
