"""What tables of meetings demand beside their fields, and which of their keys stand in which address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

from porchlight.meetings.models import Meeting, Round
from porchlight.schools.models import TenantModel
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
    "meetings.HostSeat": {"staff": _staff("teacher")},
    "meetings.HostTime": {"starts": FROM, "ends": UNTIL},
    "meetings.Meeting": {
        "starts_at": lambda _: NOW + timedelta(days=2),
        "ends_at": lambda _: NOW + timedelta(days=2, minutes=10),
        "told_at": lambda _: NOW,
        "with_student": lambda _: True,
    },
    "meetings.PartyTime": {"starts": FROM, "ends": UNTIL},
    "meetings.Round": {"made_by": _staff("office"), "asked_at": lambda _: NOW},
    "meetings.RoundHost": {"staff": _staff("teacher")},
    "meetings.Whether": {"revision": lambda _: 0},
}

KEYS_OF_MEETINGS: dict[str, dict[str, Key]] = {
    "meetings:round": {"key": _key(Round)},
    "meetings:": {"key": _key(Meeting)},
}
