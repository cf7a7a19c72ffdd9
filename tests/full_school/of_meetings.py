"""What tables of meetings demand beside their fields, and which of their keys stand in which address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

from porchlight.conversations.models import TriageItem
from porchlight.errands.models import Errand
from porchlight.families.models import Student
from porchlight.meetings.models import (
    CounsellingWish,
    GuestSeat,
    InterpreterBooking,
    Meeting,
    OpenQuestion,
    Party,
    Planning,
    Round,
    RoundHost,
    Shown,
    StandingHours,
    Step,
    VideoAccount,
    Visit,
    VisitHelp,
    Wish,
)
from porchlight.schools.models import SchoolClass, StaffMember, TenantModel
from tests.full_school.people import NOW, FullSchool

type Value = Callable[[FullSchool], object]
type Key = Callable[[FullSchool], str]


def _staff(who: str) -> Value:
    return lambda full: full.staff[who]


def _key(model: type[TenantModel]) -> Key:
    return lambda full: full.rows[model].key


FROM, UNTIL = (lambda _: time(16)), (lambda _: time(18))

DEMANDS_OF_MEETINGS: dict[str, dict[str, Value]] = {
    "meetings.AtMeetings": {"staff": _staff("teacher")},
    "meetings.CalendarFeed": {
        "guardian": lambda full: full.adults["father"],
        "digest": lambda full: f"{full.mark}-digest",
    },
    "meetings.HostSeat": {"staff": _staff("teacher")},
    "meetings.HostTime": {"starts": FROM, "ends": UNTIL},
    "meetings.LateChange": {"starts_at": lambda _: NOW, "ends_at": lambda _: NOW + timedelta(minutes=10)},
    "meetings.Meeting": {
        "starts_at": lambda _: NOW + timedelta(days=2),
        "ends_at": lambda _: NOW + timedelta(days=2, minutes=10),
        "told_at": lambda _: NOW,
        "with_student": lambda _: True,
    },
    "meetings.Minutes": {"sent_at": lambda _: NOW},
    "meetings.OpenQuestion": {"shipped": lambda _: ""},
    "meetings.PartyTime": {"starts": FROM, "ends": UNTIL},
    "meetings.Round": {"made_by": _staff("office"), "asked_at": lambda _: NOW},
    "meetings.RoundHost": {"staff": _staff("teacher")},
    "meetings.RoundWindow": {"starts": FROM, "ends": UNTIL},
    "meetings.Shown": {"link": lambda full: f"https://{full.mark.lower()}-l1-shown-link.example/"},
    "meetings.StandingHours": {"staff": _staff("teacher"), "starts": FROM, "ends": UNTIL},
    "meetings.Step": {"doer": lambda _: "family"},
    "meetings.VideoAccount": {
        "company": lambda _: "jitsi",
        "held_code": lambda _: "",
        "held_reason": lambda _: "",
    },
    "meetings.VideoRoom": {"made_at": lambda _: NOW},
    "meetings.Whether": {"revision": lambda _: 0},
}

MEETING, ROUND, STUDENT = _key(Meeting), _key(Round), _key(Student)
OF_A_VISIT = {"key": _key(Visit)}

KEYS_OF_MEETINGS: dict[str, dict[str, Key]] = {
    "meetings:answer": {"key": MEETING, "question": _key(OpenQuestion)},
    "meetings:class_device_photo": {"shown_key": _key(Shown)},
    "meetings:feed": {"secret": lambda _: "nothing"},  # kept as a digest: no page shows one
    "meetings:guest_word": {"key": MEETING, "seat": _key(GuestSeat)},
    "meetings:minutes_heard": {"key": MEETING, "seat": _key(GuestSeat)},
    "meetings:my_answer": {"key": MEETING, "question": _key(OpenQuestion)},
    "meetings:my_photo": {"key": MEETING, "shown_key": _key(Shown)},
    "meetings:my_step_done": {"key": MEETING, "step": _key(Step)},
    "meetings:step": {"key": MEETING, "step": _key(Step)},
    "meetings:student_begins_photo": {"key": MEETING, "shown_key": _key(Shown)},
    "meetings:student_leads_photo": {"key": MEETING, "shown_key": _key(Shown)},
    "meetings:student_step_done": {"key": _key(Step)},
    "meetings:booked": {"key": MEETING},
    "meetings:booking_word": {"key": _key(InterpreterBooking)},
    "meetings:call_rung": {"key": MEETING},
    "meetings:counselling_for": {"student_key": STUDENT},
    "meetings:counselling_times": {"key": _key(CounsellingWish)},
    "meetings:hours_of": {"key": _key(StaffMember)},
    "meetings:new_video_account": {"company": lambda _: "jitsi"},
    "meetings:promise_call": {"key": _key(TriageItem)},
    "meetings:round": {
        "key": ROUND,
        "host_key": _key(RoundHost),
        "party_key": _key(Party),
        "wish_key": _key(Wish),
        "planning_key": _key(Planning),
        "number": lambda _: "1",
    },
    "meetings:standing_removal": {"key": _key(StandingHours)},
    "meetings:video": {"key": _key(VideoAccount)},
    "meetings:video_room": {"key": MEETING},
    "meetings:visit": OF_A_VISIT,
    "meetings:visits": OF_A_VISIT,
    "meetings:my_visit": OF_A_VISIT,
    "meetings:visits_of_class": {"key": _key(SchoolClass)},
    "meetings:visit_new": {"key": STUDENT},
    "meetings:visit_help_given": {"key": _key(VisitHelp)},
    "meetings:visit_overdue": {"key": _key(Errand)},
    "meetings:wish": {"key": _key(Errand)},
    "meetings:wishes": {"key": ROUND},
    "meetings:": {"key": MEETING},
}
