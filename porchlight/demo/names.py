"""The families of Maple Street, read from `data/town.toml`: invented, eight languages spoken between them."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

TOWN = Path(__file__).parent / "data" / "town.toml"


@dataclass(frozen=True)
class Adult:
    """Someone who cares for a child. `reach`: whatsapp, sms, email, both (WhatsApp and text), none."""

    relation: str
    name: str = ""
    called: str = ""
    reach: str = "whatsapp"
    home: str = ""  # a home of their own; empty: the family's
    restriction: str = ""
    reads: str | None = None  # when not as the family: "" does not read
    may_ring: str = ""


@dataclass(frozen=True)
class Family:
    """One household, or two homes of the same children. `script` is given when it is not the usual one."""

    name: str
    children: tuple[str, ...]
    speaks: str
    reads: str
    adults: tuple[Adult, ...]
    script: str = ""
    first_class: str = ""

    @property
    def mailbox(self) -> str:
        """The first part of their mailboxes."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return plain.lower().replace("'", "").replace(" ", "-")


def families() -> list[Family]:
    """Every family, in the file's order."""
    rows = tomllib.loads(TOWN.read_text(encoding="utf-8"))["family"]
    return [
        Family(
            **{
                "reads": row["speaks"],
                **row,
                "children": tuple(row["children"]),
                "adults": tuple(Adult(**adult) for adult in row["adults"]),
            }
        )
        for row in rows
    ]
