"""The ledger of erasures, kept outside the database: a backup from before does not know that somebody was erased.

One file a school, one line an erasure: when, what sort of person, and the random key of their row, which says nothing
to anybody once the row is gone. Of a school that left, the last line has its certificate's digest. `porchlight privacy
reerase` goes through it after a backup was put back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from porchlight.schools.models import School
from porchlight.toolbox.lasting_lines import append

SCHOOL = "school"  # the whole of it


class UnreadableLedger(ValueError):
    """A line that none of ours looks like."""


class Erased(NamedTuple):
    """One line."""

    at: str
    kind: str  # "child", "adult" or SCHOOL
    key: str  # of their row; for a school, the digest of its certificate


def place_of(school: School) -> Path:
    """The school's file: in PORCHLIGHT_ERASURES, else beside the database."""
    return Path(settings.ERASURES) / f"{school.slug}.txt"


def write_down(erased: Erased, *, school: School) -> None:
    """Add the line, on disk before it returns. Raises OSError: then nothing may be erased."""
    append(place_of(school), json.dumps(erased) + "\n")


def lines_of(school: School) -> Iterator[Erased]:
    """Every erasure of this school, the first first. Raises UnreadableLedger."""
    file = place_of(school)
    for number, line in enumerate(file.read_text().splitlines() if file.exists() else (), start=1):
        try:
            at, kind, key = json.loads(line)
        except ValueError:
            raise UnreadableLedger(f"{file}, line {number}: not a moment, a sort and a key.") from None
        yield Erased(str(at), str(kind), str(key))
