"""Looks a zip over before anything is unpacked: its directory alone tells whether it is safe to read.

Nothing is ever written to a disk by an entry's name, and each entry is read as a stream that stops at the size its
directory states, so a zip that lies about sizes ends in a checksum error and never in a full memory.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from porchlight.rosters.reading.problems import Refused

MOST_ENTRIES = 500
LARGEST_DIRECTORY = 1 << 20  # bytes: names and sizes of MOST_ENTRIES fit many times over
LARGEST_FILE = 600 << 20  # bytes unpacked: some four million rows of people
LARGEST_ALTOGETHER = 1 << 30
HIGHEST_RATIO = 200  # rosters pack to a fifth or a tenth, repetitive ones to a fiftieth
RATIO_MATTERS_FROM = 8 << 20  # bytes unpacked: a small file may pack as well as it likes
ARCHIVES = {".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz"}
LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "._")
END, END_SIZE = b"PK\x05\x06", 22
LOCATOR, LOCATOR_SIZE, LONG_END_SIZE = b"PK\x06\x07", 20, 56


def look_over(path: Path) -> zipfile.ZipFile:
    """An opened zip whose directory holds no surprise. Raises Refused with the reason."""
    with path.open("rb") as stream:
        _look_at_the_end(stream, path.name)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        raise Refused("package.damaged_zip", path.name) from None
    try:
        _look_at_entries(archive.infolist(), path)
    except Refused:
        archive.close()
        raise
    return archive


def _look_at_the_end(stream: BinaryIO, name: str) -> None:
    """Refuses a huge directory before the library reads it whole."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_SIZE - 0xFFFF - LOCATOR_SIZE - LONG_END_SIZE))
    tail = stream.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise Refused("package.not_a_zip", name)
    entries, directory = struct.unpack("<10xHI", tail[at : at + 16])
    locator = tail[at - LOCATOR_SIZE : at] if at >= LOCATOR_SIZE else b""
    if locator.startswith(LOCATOR) and at >= LOCATOR_SIZE + LONG_END_SIZE:
        start = at - LOCATOR_SIZE - LONG_END_SIZE
        entries, directory = struct.unpack("<32xQQ", tail[start : start + 48])
    if entries > MOST_ENTRIES or directory > LARGEST_DIRECTORY:
        raise Refused("package.too_many_files", name, most=MOST_ENTRIES)


def _look_at_entries(entries: Iterable[zipfile.ZipInfo], path: Path) -> None:
    altogether = packed = 0
    for entry in entries:
        _look_at_name(entry.filename)
        if entry.flag_bits & 0x1:
            raise Refused("package.locked", entry.filename)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused("package.unknown_packing", entry.filename)
        altogether += entry.file_size
        packed += entry.compress_size
        if entry.file_size > LARGEST_FILE or altogether > LARGEST_ALTOGETHER:
            raise Refused("package.too_large", entry.filename, most=LARGEST_ALTOGETHER >> 20)
        if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > HIGHEST_RATIO * max(
            entry.compress_size, 1
        ):
            raise Refused("package.bomb", entry.filename)
    if packed > path.stat().st_size:  # entries that share their bytes: the flat kind of bomb
        raise Refused("package.bomb", path.name)


def _look_at_name(name: str) -> None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or ".." in parts or (parts and ":" in parts[0]) or "\0" in name:
        raise Refused("package.unsafe_name", name[:80].replace("\0", "?"))


def is_litter(name: str) -> bool:
    """What computers add to zips by themselves."""
    base = PurePosixPath(name).name
    return name.startswith(LITTER) or base.startswith(LITTER)


def is_archive(name: str) -> bool:
    """A zip in a zip is never unpacked."""
    return PurePosixPath(name).suffix.lower() in ARCHIVES
