"""Meetings, and what asks for them."""

from porchlight.meetings.models.around import (Before, CalendarFeed, DayWord, Held, Instead, Missed, NobodyCame, OnTheDay, Reason, Reminder)
from porchlight.meetings.models.asking import (Whether)
from porchlight.meetings.models.counselling import (CounsellingWish, Topic)
from porchlight.meetings.models.hours import (CallBack, HoursFor, InterpreterBooking, Offer, OfferedTime, StandingHours)
from porchlight.meetings.models.led import (Asked, Shown, StudentPart)
from porchlight.meetings.models.meetings import (AtMeetings, GuestSeat, HostSeat, Meeting, Mode, Sort, Word)
from porchlight.meetings.models.minutes import (AskedBefore, Doer, Minutes, OpenAnswer, OpenQuestion, SaidOfMinutes, Side, Step)
from porchlight.meetings.models.planned import (LateChange, Planning)
from porchlight.meetings.models.rounds import (HostTime, Party, PartyMember, PartyTime, Round, RoundClass, RoundDay, RoundHost, SLOT, Wish, WishedHost)
from porchlight.meetings.models.video import (VideoAccount, VideoRoom)
from porchlight.meetings.models.visit_notes import (NoteHeard, VisitHelp, VisitNote)
from porchlight.meetings.models.visits import (AskedBy, Asking, Purpose, Travel, Visit, VisitAsk, VisitCaller, VisitCheck, VisitPermission, VisitTime, Welcome, Where)

__all__ = ["Asked", "AskedBefore", "AskedBy", "Asking", "AtMeetings", "Before", "CalendarFeed", "CallBack", "CounsellingWish", "DayWord", "Doer", "GuestSeat", "Held", "HostSeat", "HostTime", "HoursFor", "Instead", "InterpreterBooking", "LateChange", "Meeting", "Minutes", "Missed", "Mode", "NobodyCame", "NoteHeard", "Offer", "OfferedTime", "OnTheDay", "OpenAnswer", "OpenQuestion", "Party", "PartyMember", "PartyTime", "Planning", "Purpose", "Reason", "Reminder", "Round", "RoundClass", "RoundDay", "RoundHost", "SLOT", "SaidOfMinutes", "Shown", "Side", "Sort", "StandingHours", "Step", "StudentPart", "Topic", "Travel", "VideoAccount", "VideoRoom", "Visit", "VisitAsk", "VisitCaller", "VisitCheck", "VisitHelp", "VisitNote", "VisitPermission", "VisitTime", "Welcome", "Where", "Whether", "Wish", "WishedHost", "Word"]
