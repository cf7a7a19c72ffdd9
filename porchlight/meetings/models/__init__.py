"""Meetings, and what asks for them."""

from porchlight.meetings.models.asking import Whether
from porchlight.meetings.models.meetings import AtMeetings, GuestSeat, HostSeat, Meeting, Mode, Sort, Word
from porchlight.meetings.models.planned import LateChange, Planning
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

__all__ = [
    "SLOT",
    "AtMeetings",
    "GuestSeat",
    "HostSeat",
    "HostTime",
    "LateChange",
    "Meeting",
    "Mode",
    "Party",
    "PartyMember",
    "PartyTime",
    "Planning",
    "Round",
    "RoundClass",
    "RoundDay",
    "RoundHost",
    "Sort",
    "Whether",
    "Wish",
    "WishedHost",
    "Word",
]
