"""Opens what somebody hands over: a zip, a folder, or one sheet. Says what is inside without trusting it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from porchlight.rosters.reading.archive import (
    LARGEST_ALTOGETHER,
    LARGEST_FILE,
    MOST_ENTRIES,
    is_archive,
    is_litter,
    look_over,
)
from porchlight.rosters.reading.problems import Refused, Report, Severity

BUFFER = 1 << 16


@dataclass(slots=True)
class Bundle:
    """The files of a roster by name (`users.csv`), whatever they came in. Close it after use."""

    name: str
    report: Report
    sizes: dict[str, int] = field(default_factory=dict)  # bytes unpacked, by file name
    _archive: zipfile.ZipFile | None = None
    _entries: dict[str, str | Path] = field(default_factory=dict)

    @contextmanager
    def open(self, file: str) -> Iterator[BinaryIO]:
        """The bytes of one file, buffered. Raises Refused when they are damaged."""
        entry = self._entries[file]
        try:
            if isinstance(entry, Path):
                with entry.open("rb", BUFFER) as stream:
                    yield stream
            elif self._archive is not None:
                with self._archive.open(entry) as raw:
                    yield io.BufferedReader(raw, BUFFER)  # type: ignore[type-var] # it has all the reader needs
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise Refused("package.damaged_file", file) from None

    def close(self) -> None:
        """Give the zip back."""
        if self._archive is not None:
            self._archive.close()


def open_bundle(path: Path, report: Report) -> Bundle:
    """A zip, a folder or a single file as a bundle. Raises Refused with a reason when it is not safe to read."""
    if not path.exists():
        raise Refused("package.not_there", path.name)
    bundle = Bundle(path.name, report)
    if path.is_dir():
        _from_folder(bundle, path)
    elif path.suffix.lower() in {".csv", ".txt", ".tsv", ".xlsx"}:
        _from_file(bundle, path)
    else:
        _from_zip(bundle, path)
    return bundle


def _from_zip(bundle: Bundle, path: Path) -> None:
    bundle._archive = look_over(path)
    entries = {
        entry.filename: entry.file_size
        for entry in bundle._archive.infolist()
        if not entry.is_dir() and not is_litter(entry.filename)
    }
    inner = _common_folder(list(entries))
    if inner:
        bundle.report.add("package.nested", Severity.GUESSED, f"{inner}/")
    for name, size in entries.items():
        _take(bundle, name.removeprefix(f"{inner}/") if inner else name, name, size)


def _from_folder(bundle: Bundle, path: Path) -> None:
    for number, entry in enumerate(sorted(path.iterdir())):
        if number >= MOST_ENTRIES:
            raise Refused("package.too_many_files", path.name, most=MOST_ENTRIES)
        if is_litter(entry.name) or entry.is_dir():
            continue
        if entry.is_symlink() or not entry.is_file():
            raise Refused("package.unsafe_name", entry.name)
        _take(bundle, entry.name, entry, entry.stat().st_size)


def _from_file(bundle: Bundle, path: Path) -> None:
    if not path.is_file():
        raise Refused("package.unsafe_name", path.name)
    _take(bundle, path.name, path, path.stat().st_size)


def _take(bundle: Bundle, name: str, entry: str | Path, size: int) -> None:
    """Add one file, unless it is a zip, in a folder of its own, or there already."""
    if size > LARGEST_FILE or sum(bundle.sizes.values()) + size > LARGEST_ALTOGETHER:
        raise Refused("package.too_large", name, most=LARGEST_ALTOGETHER >> 20)
    if is_archive(name):
        bundle.report.add("package.zip_inside", Severity.REFUSED, name)
    elif "/" in name or "\\" in name:
        bundle.report.add("package.folder_inside", Severity.REFUSED, name)
    elif name in bundle.sizes:
        raise Refused("package.twice", name)
    else:
        bundle.sizes[name] = size
        bundle._entries[name] = entry


def _common_folder(names: list[str]) -> str:
    """The one folder everything lies in, as when somebody zipped the folder instead of the files."""
    tops = {PurePosixPath(name).parts[0] for name in names if "/" in name}
    if len(tops) == 1 and all("/" in name for name in names):
        return tops.pop()
    return ""
