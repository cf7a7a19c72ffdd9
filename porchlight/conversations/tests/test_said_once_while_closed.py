"""That nobody reads is said once while school is closed, whether for a night or from Friday to Monday."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import QuerySet

from porchlight.conversations.hearing import Words, hear
from porchlight.conversations.hours import closed_since
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Parcel
from porchlight.families.models import Channel
from porchlight.schools.models import Closure, Term

LONDON = ZoneInfo("Europe/London")
MISSING = "My child has not come home"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In October 2026 at the school; the 16th is a Friday. School is open from 8 to 16, and read until 17."""
    return datetime(2026, 10, day, hour, minute, tzinfo=LONDON)


def told(town: Town, *moments: datetime, text: str = "Which book does she need?") -> list[bool]:
    """To each of these words, whether the home is told that nobody reads."""
    found = []
    for now in moments:
        before = replies().count()
        words = Words(text=text, channel=Channel.SMS, at=now)
        with time_machine.travel(now, tick=False):
            hear(school=town.school, address=town.yousaf.address, words=words, now=now)
        found.append(replies().count() > before)
    return found


def replies() -> QuerySet[Parcel]:
    return Parcel.objects.filter(service_kind="out_of_hours")


def test_once_from_evening_to_morning_and_again_the_next_night(town: Town) -> None:
    night = [at(13, 18), at(13, 23), at(14, 3), at(14, 7, 59)]
    assert told(town, *night) == [True, False, False, False]
    assert told(town, at(14, 10)) == [False], "school is open"
    assert told(town, at(14, 18), at(15, 5)) == [True, False]


def test_once_from_friday_to_monday(town: Town) -> None:
    weekend = [at(16, 18), at(17, 9), at(17, 20), at(18, 9), at(18, 20), at(19, 7)]
    assert told(town, *weekend) == [True, False, False, False, False, False]
    assert told(town, at(19, 17, 30)) == [True]


def test_in_holidays_again_after_a_week(town: Town) -> None:
    Closure.objects.create(
        school=town.school, name="Autumn", starts_on=date(2026, 10, 10), ends_on=date(2026, 10, 30)
    )
    assert told(town, at(12, 10), at(14, 10), at(19, 9), at(19, 11), at(25, 10), at(27, 10)) == [
        True,
        False,
        False,
        True,
        False,
        True,
    ]


def test_words_of_alarm_hear_it_again_after_eight_hours(town: Town) -> None:
    assert told(town, at(16, 18)) == [True]
    alarms = [at(16, 18, 5), at(17, 3), at(17, 9), at(17, 12)]
    assert told(town, *alarms, text=MISSING) == [False, True, False, True]
    assert told(town, at(17, 22)) == [False]


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (at(13, 7, 59), at(12, 16)),
        (at(13, 8), None),
        (at(13, 15, 59), None),
        (at(13, 16), at(13, 16)),
        (at(18, 12), at(16, 16)),
        (at(19, 7), at(16, 16)),
    ],
)
def test_since_when_school_is_closed(town: Town, now: datetime, since: datetime | None) -> None:
    assert closed_since(town.school, now) == since


def test_a_school_that_has_not_begun_was_never_open(town: Town) -> None:
    Term.objects.create(
        school=town.school, name="First", starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 18)
    )
    since = closed_since(town.school, at(13, 10))
    assert since is not None
    assert since < at(13, 10) - timedelta(days=7)
    assert told(town, at(13, 10), at(13, 20)) == [True, False]


def test_in_a_september_without_terms_words_at_ten_are_read(town: Town) -> None:
    Term.objects.create(
        school=town.school, name="Year", starts_on=date(2025, 9, 3), ends_on=date(2026, 7, 21)
    )
    assert told(town, datetime(2026, 8, 18, 10, tzinfo=LONDON)) == [True]
    assert told(town, datetime(2026, 9, 8, 10, tzinfo=LONDON)) == [False]
