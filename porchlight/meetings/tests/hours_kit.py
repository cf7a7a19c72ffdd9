"""Hours for these tests: Ms Amal is there on Thursdays from four to five, London time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.hearing import Outcome, Words, hear
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests.cast import Home
from porchlight.meetings.models import Mode, StandingHours
from porchlight.meetings.tests.conftest import NOW
from porchlight.schools.models import StaffMember

BASE = "/maple-street"


def keeps(staff: StaffMember, **facts: Any) -> StandingHours:
    """Thursdays from four to five, a quarter of an hour each."""
    hours = {
        "weekday": 3,
        "starts": time(16),
        "ends": time(17),
        "minutes": 15,
        "modes": [Mode.IN_PERSON, Mode.PHONE],
        "since": date(2026, 9, 1),
    }
    return StandingHours.objects.create(school=staff.school, staff=staff, **hours | facts)


def writes(home: Home, text: str, minutes: int = 0) -> Outcome:
    """They send a text."""
    at = NOW + timedelta(minutes=minutes)
    with time_machine.travel(at, tick=False):
        words = Words(text=text, channel="sms", at=at, sender=home.address.value)
        return hear(school=home.student.school, address=home.address, words=words, now=at)


def told(home: Home) -> list[str]:
    """What they were sent, the earliest first."""
    sent = Parcel.objects.filter(deliveries__to=home.address.value)
    return list(sent.order_by("pk").values_list("text", flat=True))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In October 2026, on London's clock in summer."""
    return datetime(2026, 10, day, hour, minute, tzinfo=NOW.tzinfo) - timedelta(hours=1)


__all__ = ["BASE", "NOW", "Town", "at", "browser_of", "keeps", "told", "writes"]
