"""Meetings, and what asks for them."""

from porchlight.meetings.models.asking import Whether
from porchlight.meetings.models.counselling import CounsellingWish, Topic
from porchlight.meetings.models.hours import (
    CallBack,
    HoursFor,
    InterpreterBooking,
    Offer,
    OfferedTime,
    StandingHours,
)
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

__all__ = [
    "SLOT",
    "AtMeetings",
    "CallBack",
    "CounsellingWish",
    "GuestSeat",
    "HostSeat",
    "HostTime",
    "HoursFor",
    "InterpreterBooking",
    "Meeting",
    "Mode",
    "Offer",
    "OfferedTime",
    "Party",
    "PartyMember",
    "PartyTime",
    "Round",
    "RoundClass",
    "RoundDay",
    "RoundHost",
    "Sort",
    "StandingHours",
    "Topic",
    "Whether",
    "Wish",
    "WishedHost",
    "Word",
]
