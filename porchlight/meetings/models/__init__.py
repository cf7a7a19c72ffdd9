"""Meetings, and what asks for them."""

from porchlight.meetings.models.asking import Whether
from porchlight.meetings.models.meetings import AtMeetings, GuestSeat, HostSeat, Meeting, Mode, Sort, Word
from porchlight.meetings.models.rounds import (
    SLOT,
    HostTime,
    Party,
    PartyMember,
    PartyTime,
    Round,
    RoundClass,
    RoundDay,
    RoundHost,
    Wish,
    WishedHost,
)
from porchlight.meetings.models.windows import RoundWindow

__all__ = [
    "SLOT",
    "AtMeetings",
    "GuestSeat",
    "HostSeat",
    "HostTime",
    "Meeting",
    "Mode",
    "Party",
    "PartyMember",
    "PartyTime",
    "Round",
    "RoundClass",
    "RoundDay",
    "RoundHost",
    "RoundWindow",
    "Sort",
    "Whether",
    "Wish",
    "WishedHost",
    "Word",
]
