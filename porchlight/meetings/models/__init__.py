"""Meetings, and what asks for them."""

from porchlight.meetings.models.asking import Whether
from porchlight.meetings.models.led import Asked, Shown, StudentPart
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
from porchlight.meetings.models.video import VideoAccount, VideoRoom
from porchlight.meetings.models.visit_notes import NoteHeard, VisitHelp, VisitNote
from porchlight.meetings.models.visits import (
    AskedBy,
    Asking,
    Purpose,
    Travel,
    Visit,
    VisitAsk,
    VisitCaller,
    VisitCheck,
    VisitPermission,
    VisitTime,
    Welcome,
    Where,
)

__all__ = [
    "SLOT",
    "Asked",
    "AskedBy",
    "Asking",
    "AtMeetings",
    "GuestSeat",
    "HostSeat",
    "HostTime",
    "LateChange",
    "Meeting",
    "Mode",
    "NoteHeard",
    "Party",
    "PartyMember",
    "PartyTime",
    "Planning",
    "Purpose",
    "Round",
    "RoundClass",
    "RoundDay",
    "RoundHost",
    "Shown",
    "Sort",
    "StudentPart",
    "Travel",
    "VideoAccount",
    "VideoRoom",
    "Visit",
    "VisitAsk",
    "VisitCaller",
    "VisitCheck",
    "VisitHelp",
    "VisitNote",
    "VisitPermission",
    "VisitTime",
    "Welcome",
    "Where",
    "Whether",
    "Wish",
    "WishedHost",
    "Word",
]
