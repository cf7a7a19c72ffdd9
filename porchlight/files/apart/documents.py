"""A document of an office program: which it is, whether it holds a program of its own, and how large it would grow."""

from __future__ import annotations

import json
import shutil
import sys
from zipfile import BadZipFile, ZipFile

DAMAGED, TOO_LARGE, OTHER_KIND = 3, 4, 5
MOST_PARTS = 5_000
LARGEST = 500 << 20  # bytes, unpacked
OPEN_XML = "application/vnd.openxmlformats-officedocument."
MICROSOFT = {
    "word/document.xml": OPEN_XML + "wordprocessingml.document",
    "xl/workbook.xml": OPEN_XML + "spreadsheetml.sheet",
    "ppt/presentation.xml": OPEN_XML + "presentationml.presentation",
}
OPEN = tuple(f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation"))
ACTS = ("vbaproject.bin", "vbadata.xml", "basic/", "scripts/", "activex", "macrosheets")


def prepare() -> None:
    """Python's own reader of zip archives needs an old way of writing names."""
    b"-".decode("cp437")


def main() -> None:
    """Passed on as it is, or not at all: nothing is unpacked but two short parts that say what it is."""
    try:
        with ZipFile(sys.stdin.buffer) as archive:
            kind = seen(archive)
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, KeyError, EOFError):
        sys.exit(DAMAGED)
    except MemoryError:
        sys.exit(TOO_LARGE)
    sys.stdin.buffer.seek(0)
    shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)
    about = json.dumps({"type": kind}).encode()
    sys.stdout.buffer.write(about + len(about).to_bytes(4, "big"))
    sys.stdout.buffer.flush()


def seen(archive: ZipFile) -> str:
    """The type, by its parts. Ends the program where it is none we take."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        sys.exit(TOO_LARGE)
    names = {part.filename.lower() for part in parts}
    if any(mark in name for name in names for mark in ACTS):
        sys.exit(OTHER_KIND)
    for part, kind in MICROSOFT.items():
        if part in names and "[content_types].xml" in names:
            declared = begins(archive, "[Content_Types].xml", 1 << 20)
            return kind if b"macroEnabled" not in declared else sys.exit(OTHER_KIND)
    says = begins(archive, "mimetype", 100).decode("ascii", "replace").strip() if "mimetype" in names else ""
    return says if says in OPEN else sys.exit(OTHER_KIND)


def begins(archive: ZipFile, name: str, most: int) -> bytes:
    """The first bytes of one part."""
    with archive.open(name) as part:
        return part.read(most)
