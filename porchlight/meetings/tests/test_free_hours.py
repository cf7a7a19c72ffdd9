"""Which times are free: the school's clock, holidays, who is away, what is taken; also when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from porchlight.conversations.tests.conftest import Town
from porchlight.families.models import MayRing
from porchlight.meetings.arranging import call_off
from porchlight.meetings.hours.free import for_guardian, free_times
from porchlight.meetings.hours.slots import Slot, Weekly, free
from porchlight.meetings.models import AtMeetings, Mode
from porchlight.meetings.tests.conftest import NOW, meet
from porchlight.meetings.tests.hours_kit import at, keeps
from porchlight.schools.models import Away, Closure, Term

LONDON = ZoneInfo("Europe/London")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def sunday(day: date, starts: time, ends: time, minutes: int = 30) -> list[str]:
    weekly = Weekly(1, 6, starts, ends, minutes, ("phone",), date(2026, 1, 1))
    found = free([weekly], days=[day], zone=LONDON, not_before=LONG_AGO)
    return [f"{slot.starts_at:%H:%M}-{slot.ends_at:%H:%M}" for slot in found]


def test_on_the_night_the_clocks_go_forward_no_hour_is_offered_that_does_not_exist() -> None:
    assert sunday(date(2026, 3, 29), time(0, 30), time(2, 30)) == ["00:30-01:00", "01:00-01:30"]


def test_on_the_night_they_go_back_an_hour_that_comes_twice_is_offered_once() -> None:
    assert sunday(date(2026, 10, 25), time(1), time(2, 30)) == ["00:00-00:30", "00:30-01:00", "02:00-02:30"]


def test_hours_keep_their_place_on_the_schools_clock_before_and_after() -> None:
    weekly = Weekly(1, 3, time(16), time(16, 30), 30, ("phone",), date(2026, 1, 1))
    days = [date(2026, 10, 22), date(2026, 10, 29)]
    found = free([weekly], days=days, zone=LONDON, not_before=LONG_AGO)
    assert [slot.starts_at.hour for slot in found] == [15, 16]


def test_what_does_not_fit_before_the_end_is_not_offered_and_overlapping_hours_count_once() -> None:
    rows = [
        Weekly(1, 6, time(9), time(9, 50), 20, ("phone",), date(2026, 1, 1)),
        Weekly(1, 6, time(9, 10), time(10), 20, ("phone",), date(2026, 1, 1)),
        Weekly(2, 6, time(9, 10), time(9, 30), 20, ("phone",), date(2026, 1, 1)),
    ]
    found = free(rows, days=[date(2026, 6, 7)], zone=LONDON, not_before=LONG_AGO)
    assert [(slot.staff, f"{slot.starts_at:%H:%M}") for slot in found] == [
        (1, "08:00"),
        (2, "08:10"),
        (1, "08:20"),
    ]


def test_two_weeks_of_thursdays_without_what_is_taken(town: Town) -> None:
    keeps(town.amal)
    meeting = meet(town, at(15, 16, 10))
    times = [slot.starts_at for slot in free_times(town.school, [town.amal.pk], now=NOW)]
    assert times == [at(15, 16, 30), at(15, 16, 45), *(at(22, 16, minute) for minute in (0, 15, 30, 45))]
    call_off(meeting, why="school", by=town.amal.actor(), now=NOW)
    assert len(free_times(town.school, [town.amal.pk], now=NOW)) == 8


def test_neither_while_away_nor_in_holidays_nor_out_of_term(town: Town) -> None:
    keeps(town.amal)
    keeps(town.amal, weekday=5, starts=time(10), ends=time(10, 15))  # a Saturday counts, within term
    Away.objects.create(
        school=town.school, staff=town.amal, since=date(2026, 10, 14), until=date(2026, 10, 16)
    )
    times = [slot.starts_at for slot in free_times(town.school, [town.amal.pk], now=NOW)]
    assert times[0] == at(17, 10)
    Closure.objects.create(
        school=town.school, name="Snow", starts_on=date(2026, 10, 17), ends_on=date(2026, 10, 18)
    )
    assert free_times(town.school, [town.amal.pk], now=NOW)[0].starts_at == at(22, 16)
    Term.objects.create(
        school=town.school, name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 20)
    )
    assert free_times(town.school, [town.amal.pk], now=NOW) == []


def test_not_in_the_next_two_hours_and_not_in_hours_given_up(town: Town) -> None:
    row = keeps(town.amal)
    late = [slot.starts_at for slot in free_times(town.school, [town.amal.pk], now=at(15, 14, 20))]
    assert late[0] == at(15, 16, 30)
    row.ended_at = NOW
    row.save()
    assert free_times(town.school, [town.amal.pk], now=NOW) == []


def test_by_telephone_only_when_and_by_whom_they_may_be_rung(town: Town) -> None:
    adult = town.yousaf.guardian
    slot = Slot(town.amal.pk, at(15, 16), at(15, 16, 15), (Mode.IN_PERSON, Mode.PHONE))

    def ways() -> list[tuple[str, ...]]:
        return [one.modes for one in for_guardian([slot], adult, town.school)]

    assert ways() == [(Mode.IN_PERSON, Mode.PHONE)]
    adult.may_ring = MayRing.WOMAN
    assert ways() == [(Mode.IN_PERSON,)]  # nobody guesses who she is
    AtMeetings.objects.create(school=town.school, staff=town.amal, person="woman")
    assert ways() == [(Mode.IN_PERSON, Mode.PHONE)]
    adult.ring_from, adult.ring_until = time(20), time(22)
    assert ways() == [(Mode.IN_PERSON,)]
    adult.timezone = "Asia/Karachi"  # four hours on: eight in the evening there
    assert ways() == [(Mode.IN_PERSON, Mode.PHONE)]
    adult.may_ring = MayRing.NOBODY
    assert ways() == [(Mode.IN_PERSON,)]
    only_phone = Slot(town.amal.pk, slot.starts_at, slot.starts_at + timedelta(minutes=15), (Mode.PHONE,))
    assert for_guardian([only_phone], adult, town.school) == []
