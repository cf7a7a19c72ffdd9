"""Announcements that say on a telephone where all of it stands: paper has no link to follow, so all is printed.

The rooms above that know the whole register here; conversations never calls them by name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from porchlight.conversations.models import Notice
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient

type Whole = Callable[[Notice, Recipient, datetime], Words | None]

_rooms: list[Whole] = []


def on_whole(room: Whole) -> Whole:
    """The room gives all of a notice of its own, with a version for this reader where there is one."""
    if room not in _rooms:
        _rooms.append(room)
    return room


def whole_of(notice: Notice, reader: Recipient, now: datetime) -> Words | None:
    """None where what was sent is all there is."""
    return next((words for room in _rooms if (words := room(notice, reader, now)) is not None), None)
