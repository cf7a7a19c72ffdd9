"""Meetings, and what asks for them."""

from porchlight.meetings.models.asking import Whether
from porchlight.meetings.models.led import Asked, Shown, StudentPart
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
from porchlight.meetings.models.video import VideoAccount, VideoRoom

__all__ = [
    "SLOT",
    "Asked",
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
    "Shown",
    "Sort",
    "StudentPart",
    "VideoAccount",
    "VideoRoom",
    "Whether",
    "Wish",
    "WishedHost",
    "Word",
]
