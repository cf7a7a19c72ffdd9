"""What a look at the server finds: how bad, what it is, and how to mend it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import timedelta


class Severity(enum.StrEnum):
    """How bad."""

    WRONG = "wrong"  # something does not work, or is not safe
    LOOK = "look"  # it works, and somebody should look
    NOTE = "note"  # good to know


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `porchlight doctor`. Holds no person's words, name, number or mailbox."""

    severity: Severity
    about: str  # "Workers", or a school's slug
    words: str
    mend: str


def wrong(about: str, words: str, mend: str) -> Finding:
    """Something does not work."""
    return Finding(Severity.WRONG, about, words, mend)


def look(about: str, words: str, mend: str) -> Finding:
    """Somebody should look."""
    return Finding(Severity.LOOK, about, words, mend)


def note(about: str, words: str, mend: str) -> Finding:
    """Good to know."""
    return Finding(Severity.NOTE, about, words, mend)


def how_long(span: timedelta) -> str:
    """In the unit a person would use: "40 seconds", "12 minutes", "3 hours", "5 days"."""
    seconds = int(span.total_seconds())
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}s"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def counted(number: int, one: str, many: str) -> str:
    """ "1 message", "3 messages"."""
    return f"{number} {one if number == 1 else many}"
