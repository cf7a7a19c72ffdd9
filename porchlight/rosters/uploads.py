"""Files that wait between looking and taking: kept where no page serves them, and gone when answered."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files import File
from django.utils.text import get_valid_filename

from porchlight.toolbox.keys import secret_key

LARGEST = 60 << 20  # bytes; a larger roster goes by the command line
ENDINGS = {".zip", ".csv", ".tsv", ".txt", ".xlsx"}


def keep(upload: File[bytes], *, as_named: bool = False) -> tuple[str, Path]:
    """Store an upload where nobody can guess it, under its own name. Returns what to remember it by, and its path.

    Its own name, because that is the one people know when something is wrong with the file. What no roster is called
    is taken for an archive; `as_named`: for a reader that looks at the bytes and not at the name.
    """
    given = get_valid_filename(PurePath(upload.name or "").name[-80:].lstrip(".") or "file")
    is_fine = as_named or PurePath(given).suffix.lower() in ENDINGS
    named = given if is_fine else f"{given}.zip"
    name = f"{secret_key()}/{named}"
    path = place(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
    except OSError:
        discard(name)  # half of it: the disk is full
        raise
    return name, path


def room() -> str:
    """A folder without a file: where a worker leaves its signs when the file itself is no longer needed."""
    name = f"{secret_key()}/none"
    place(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return name


def beside(name: str, file: str) -> Path:
    """Where something lies in a kept file's folder; without an ending, so that no upload is called that."""
    return place(name).with_name(file)


def place(name: str) -> Path:
    """Where a kept file lies: `name` is a folder of its own and the file's name."""
    folder, _, file = name.partition("/")
    return Path(settings.MEDIA_ROOT) / "rosters" / PurePath(folder).name / PurePath(file).name


def discard(name: str) -> None:
    """Forget a kept file, and what lies beside it in its folder."""
    if not name:
        return
    folder = place(name).parent
    with suppress(FileNotFoundError):
        for file in folder.iterdir():
            file.unlink(missing_ok=True)
        folder.rmdir()
