"""The keys outside the database, and what else is kept beside it: the record's anchors, the ledger of erasures."""

from __future__ import annotations

from pathlib import Path

from porchlight.config import environment as env

SEAL_KEY = env.text(
    "PORCHLIGHT_SEAL_KEY",
    "",
    secret=True,
    help="Wraps each school's own key, which seals gateway secrets, safeguarding words and evidence in the database. "
    "Falls back to the secret key when empty.",
)
FORMER_SEAL_KEYS = env.text(
    "PORCHLIGHT_FORMER_SEAL_KEYS",
    "",
    secret=True,
    help="Seal keys used before, with spaces: what they sealed still opens until `porchlight keys rotate` has run.",
).split()


def anchors_folder(var: Path) -> str:
    """Each day's end of the activity record, so that a record changed afterwards is found out."""
    return env.text(
        "PORCHLIGHT_ANCHORS",
        str(var / "anchors"),
        help="Folder to which each day's end of the activity record is written. Best on another machine, where nobody "
        "who can write the database can write.",
    )


def erasures_folder(var: Path) -> str:
    """Who was erased, so that a backup from before can be put right."""
    return env.text(
        "PORCHLIGHT_ERASURES",
        str(var / "erasures"),
        help="Folder of the ledger of erasures: after a backup is put back, `porchlight privacy reerase` erases again "
        "whom it names. Keep it where the database's backups are not, and never put an old one back.",
    )
