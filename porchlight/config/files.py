"""Where what families send is kept, and who looks at it first."""

from __future__ import annotations

from pathlib import Path

from porchlight.config import environment as env

CLAMD = env.text(
    "PORCHLIGHT_CLAMD",
    help="ClamAV's daemon, which is shown every file from outside before it is opened: the path of its socket, or "
    "host:port. Empty: none. Let its StreamMaxLength be 100M or more.",
)


def files_folder(var: Path) -> Path:
    """No server ever answers from here (see porchlight/files)."""
    kept = env.text(
        "PORCHLIGHT_FILES",
        str(var / "files"),
        help="Folder for voice notes, pictures and documents from families, and for rosters that wait. "
        "Several machines share one folder.",
    )
    return Path(kept)
