"""After a backup was put back: whoever was erased since is erased again, as the ledger tells."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from porchlight.privacy.closing import StillHeld, close_again
from porchlight.privacy.erasing import OnHold, erase, find
from porchlight.privacy.ledger import SCHOOL, lines_of
from porchlight.schools.actors import system
from porchlight.schools.models import School


class Again(NamedTuple):
    """How many lines of the ledger came to what."""

    erased: int
    absent: int
    on_hold: int


def reerase(school: School, *, now: datetime) -> Again:
    """Go through the school's ledger, in its context. Run twice, it does nothing more. Raises UnreadableLedger."""
    erased = absent = on_hold = 0
    for line in lines_of(school):
        if line.kind == SCHOOL:
            continue
        subject = find(line.kind, line.key, school)
        if subject is None:
            absent += 1
            continue
        try:
            erase(subject, by=system(school.pk), now=now, in_ledger=False)
            erased += 1
        except OnHold:
            on_hold += 1
    for line in lines_of(school):
        if line.kind == SCHOOL:
            try:
                was_open = close_again(school, digest=line.key, now=now)
            except StillHeld:
                on_hold += 1
                continue
            erased, absent = erased + was_open, absent + (not was_open)
    return Again(erased, absent, on_hold)
