"""Where a meeting by video is joined. Whoever arranges links registers how one is found; without, there is none."""

from __future__ import annotations

from collections.abc import Callable

from porchlight.families.models import Guardian
from porchlight.meetings.models import Meeting
from porchlight.schools.models import StaffMember

type Finder = Callable[[Meeting, Guardian | StaffMember | None], str]

_finders: list[Finder] = []


def register_link(finder: Finder) -> Finder:
    """`finder(meeting, who)` gives an address, or nothing; the first that has one is asked no further."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def link_of(meeting: Meeting, who: Guardian | StaffMember | None = None) -> str:
    """The address at which this person joins; empty where there is none."""
    return next((link for finder in _finders if (link := finder(meeting, who))), "")
