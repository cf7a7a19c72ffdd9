"""Calls promised for a certain time: the rooms above that promise them say so here, for the call list to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from porchlight.conversations.models import TriageItem
from porchlight.schools.models import School


@dataclass(frozen=True, slots=True)
class Promised:
    """What a family was told; without `by`, nothing yet."""

    page: str  # where a time is promised, or changed
    by: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    interpreter: str = ""


type Finder = Callable[[School, Sequence[TriageItem]], Mapping[int, Promised]]

_finders: list[Finder] = []


def register_promises(finder: Finder) -> Finder:
    """`finder(school, items)` gives what is promised to these wishes for a call, by their id."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def promised_to(school: School, items: Sequence[TriageItem]) -> dict[int, Promised]:
    """All that any room promised."""
    return {key: found for finder in _finders for key, found in finder(school, items).items()}
