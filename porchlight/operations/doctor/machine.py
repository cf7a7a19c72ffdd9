"""The machine: room to write, and programs that are good to have."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings

from porchlight.operations.findings import Finding, look, note, wrong

ABOUT = "Machine"
MEGABYTE = 1 << 20
LITTLE, TOO_LITTLE = 1024 * MEGABYTE, 200 * MEGABYTE
# asked of the machine's fonts
SCRIPTS = {"ur": "Urdu", "ar": "Arabic", "bn": "Bengali", "ta": "Tamil", "zh": "Chinese"}
type Which = Callable[[str], str | None]


def findings(*, free: int | None = None, which: Which = shutil.which) -> Iterator[Finding]:
    """What the machine tells. `free` bytes and `which` are asked of the machine unless given."""
    yield from _room(settings.VAR, shutil.disk_usage(settings.VAR).free if free is None else free)
    yield from _good_to_have(which)


def _room(folder: Path, free: int) -> Iterator[Finding]:
    try:
        TemporaryFile(dir=folder).close()
    except OSError:
        yield wrong(
            ABOUT,
            "Porchlight may not write into its own folder.",
            "Let the account that runs it own the folder PORCHLIGHT_VAR.",
        )
    if free < LITTLE:
        said = wrong if free < TOO_LITTLE else look
        yield said(
            ABOUT,
            f"Only {free // MEGABYTE} megabytes are free where Porchlight writes.",
            "Make room, or move PORCHLIGHT_VAR to a larger disk: without room, nothing more is taken in.",
        )


def _good_to_have(which: Which) -> Iterator[Finding]:
    voices = [program for program in ("espeak-ng", "opusenc") if which(program) is None]
    if voices:
        yield note(
            ABOUT,
            f"Not installed: {' and '.join(voices)}. Messages cannot be read aloud by this machine.",
            "On Debian: apt-get install espeak-ng opus-tools",
        )
    fonts = which("fc-list")
    missing = [name for tag, name in SCRIPTS.items() if fonts is None or not _has_font(fonts, tag)]
    if missing:
        yield note(
            ABOUT,
            f"No fonts for {', '.join(missing)}: printed letters would show boxes.",
            "On Debian: apt-get install fontconfig fonts-noto-core fonts-noto-cjk",
        )


def _has_font(program: str, tag: str) -> bool:
    asked = [program, f":lang={tag}", "family"]
    told = subprocess.run(asked, capture_output=True, timeout=20, check=False)  # noqa: S603 - our own words
    return bool(told.stdout.strip())
