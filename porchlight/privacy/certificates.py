"""The certificate of a school that left: a page of plain text to be printed, whose digest stands in the record."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

DIGEST = "SHA-256 of the lines above: "


@dataclass(frozen=True)
class Certificate:
    """What was erased (table → rows), of which school, when, by whose wish, and until when backups may hold it."""

    name: str
    slug: str
    at: datetime
    asked_by: str
    backups_until: date
    counts: Mapping[str, int]

    @property
    def body(self) -> str:
        """Everything but the last line."""
        rows = [f"  {label:<40} {number:>10}" for label, number in self.counts.items()]
        return "\n".join(
            [
                "CERTIFICATE OF ERASURE",
                "",
                f"School:                  {self.name} ({self.slug})",
                f"Erased:                  {self.at.isoformat()}",
                f"By the wish of:          {self.asked_by}",
                "Erased by:               Porchlight, at the command of whoever looks after the server",
                f"Backups may hold it to:  {self.backups_until.isoformat()}",
                "",
                "Rows erased, by table, with every file that belonged to them:",
                *rows,
                f"  {'all together':<40} {sum(self.counts.values()):>10}",
                "",
                "What stays: the school's name and short name, and the record of who did what, which holds numbers",
                "and no names or words. The digest below is its last entry.",
                "",
            ]
        )

    @property
    def digest(self) -> str:
        """As the record and the ledger have it."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def text(self) -> str:
        """As it is kept."""
        return f"{self.body}{DIGEST}{self.digest}\n"


def place_of(slug: str) -> Path:
    """Beside the ledgers of erasures, where no backup of the database brings an older one back."""
    return Path(settings.ERASURES) / f"{slug}-certificate.txt"


def keep(certificate: Certificate) -> None:
    """On disk before it returns. Raises OSError."""
    file = place_of(certificate.slug)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(certificate.text)
        out.flush()
        os.fsync(out.fileno())


def digest_in(text: str) -> str:
    """The digest of a certificate whose last line fits the others; empty when a letter of it was changed."""
    body, _, last = text.rstrip("\n").rpartition(DIGEST)
    return last if last == hashlib.sha256(body.encode()).hexdigest() else ""
