"""Files that wait between looking and taking: kept where no page serves them, and gone when answered."""

from __future__ import annotations

from pathlib import Path, PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from porchlight.toolbox.keys import secret_key

LARGEST = 60 << 20  # bytes; a larger roster goes by the command line
ENDINGS = {".zip", ".csv", ".tsv", ".txt", ".xlsx"}


def keep(upload: UploadedFile) -> tuple[str, Path]:
    """Store an upload under a name nobody can guess. Returns what to remember it by, and its path."""
    ending = PurePath(upload.name or "").suffix.lower()
    name = f"{secret_key()}{ending if ending in ENDINGS else '.zip'}"
    path = place(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return name, path


def place(name: str) -> Path:
    """Where a kept file lies."""
    return Path(settings.MEDIA_ROOT) / "rosters" / PurePath(name).name


def discard(name: str) -> None:
    """Forget a kept file."""
    if name:
        place(name).unlink(missing_ok=True)
