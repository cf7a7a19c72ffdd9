"""Where people come in to a meeting that is not held in a room: rooms below say it, pages and calendars ask.

It is always an address of our own, behind a sign-in: no company's stands in a message or a calendar.
"""

from __future__ import annotations

from collections.abc import Callable

from porchlight.meetings.models import Meeting

type Finder = Callable[[Meeting, bool], str]

_finders: list[Finder] = []


def register_link(finder: Finder) -> Finder:
    """`finder(meeting, for_host)` gives an absolute address of ours, or nothing."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def link_of(meeting: Meeting, *, for_host: bool) -> str:
    """The address to come in by; empty where there is none."""
    return next((link for finder in _finders if (link := finder(meeting, for_host))), "")
