"""A whole season of Maple Street in a test's hand: what its office presses, what families send, what their phones got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django_ox.testing import run_tasks

from porchlight.accounts.tests.browsers import browser_of
from porchlight.demo.by_round import a_round_to_be_asked
from porchlight.meetings.models import Meeting, Party, PartyTime, Round
from porchlight.schools.models import StaffMember
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from tests.maple import Maple

LONDON = ZoneInfo("Europe/London")
BASE = "/maple-street"


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """In October 2026, on the school's clock."""
    return datetime(2026, 10, day, hour, minute, tzinfo=LONDON)


@dataclass
class Season:
    """The round of the demo, and the town around it."""

    maple: Maple
    round: Round

    @property
    def now(self) -> datetime:
        return school_time.now()

    def fresh(self) -> Round:
        """As it stands now."""
        self.round = Round.objects.select_related("school").get(pk=self.round.pk)
        return self.round

    def leaves(self) -> None:
        """What can be taken back for half a minute goes, and what comes in is heard; until all is quiet."""
        for _ in range(2):
            self.maple.later(seconds=31)
            self.maple.carry()

    def work(self) -> None:
        """What was left to a worker is done, and goes."""
        run_tasks()
        self.leaves()

    def party(self, called: str) -> Party:
        return Party.objects.get(round=self.round, members__guardian=self.maple.guardian(called))

    def can(self, called: str) -> list[str]:
        """`Wed 15:30-17:30`"""
        rows = PartyTime.objects.filter(party=self.party(called)).order_by("day__day", "starts")
        return [f"{one.day.day:%a} {one.starts:%H:%M}-{one.ends:%H:%M}" for one in rows.select_related("day")]

    def meeting(self, called: str) -> Meeting:
        """The one an adult has in this season."""
        who = self.maple.guardian(called)
        return Meeting.objects.select_related("school", "student").get(
            wish__round=self.round, guests__guardian=who
        )

    def meetings(self, called: str) -> list[Meeting]:
        """All that stand, of a parent of several children; the earliest first."""
        rows = Meeting.objects.standing().filter(wish__round=self.round)
        return list(rows.filter(guests__guardian=self.maple.guardian(called)).order_by("starts_at"))

    def presses(self, called: str, digit: str) -> str:
        """On a telephone with keys alone: one text; what it shows then."""
        self.maple.answers(called, channel="sms", text=digit)
        self.leaves()
        return self.texts(called)[-1]

    def taps(self, called: str, key: str) -> None:
        """On WhatsApp: a row or a button of what came last with any."""
        asked = [one for one in self.maple.received(called, "whatsapp") if one.options][-1]
        choice = next(one.key for one in asked.options if one.key.endswith(key))
        self.maple.answers(called, channel="whatsapp", choice=choice)
        self.leaves()

    def texts(self, called: str) -> list[str]:
        """All that the school wrote to this adult's phone, oldest first."""
        return [one.text for one in self.maple.received(called)]

    def browser(self, name: str) -> Client:
        """A colleague's or an adult's, signed in."""
        return browser_of(
            StaffMember.objects.in_school(self.maple.school).filter(name=name).first()
            or self.maple.guardian(name)
        )

    def posts(self, name: str, path: str, **fields: Any) -> Any:
        """A form or a button of theirs; it was taken."""
        answer = self.browser(name).post(f"{BASE}{path}", fields)
        assert answer.status_code == 302, answer.content.decode()
        return answer


def a_season(maple: Maple) -> Season:
    """Made, and nobody is asked yet."""
    with school_context(maple.school):
        a_round_to_be_asked(maple.school, now=school_time.now())
    made = Round.objects.select_related("school").get(school=maple.school)
    return Season(maple, made)


def clock(meeting: Meeting) -> str:
    """`Wednesday 14 October 3.40 pm`, as a text says it."""
    at = meeting.starts_at.astimezone(LONDON)
    hour, half = at.hour % 12 or 12, "am" if at.hour < 12 else "pm"
    if (at.hour, at.minute) == (12, 0):
        return f"{at:%A %-d %B} noon"
    return f"{at:%A %-d %B} {hour}{f'.{at.minute:02}' if at.minute else ''} {half}"


MINUTE = timedelta(minutes=1)
