"""T38b. Ordinary words never arrive in the night of the home, on any clock, on any day of the year."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.delivery.quiet import is_quiet, next_awake

EVENING, MORNING = time(20), time(7)
# Clocks that jump by an hour, by half an hour, at midnight, never; and some from half- and quarter-hour zones.
ZONES = [
    "Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Karachi", "Asia/Kathmandu",
    "Pacific/Auckland", "America/St_Johns", "Asia/Beirut", "Pacific/Apia", "America/Santiago", "Africa/Casablanca",
]  # fmt: skip
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
minutes = st.integers(0, 366 * 24 * 60).map(lambda count: NEW_YEAR + timedelta(minutes=count))
clocks = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@pytest.mark.parametrize("name", ZONES)
def test_every_hour_of_a_year_leads_to_a_moment_outside_quiet_hours(name):
    zone = ZoneInfo(name)
    for hour in range(366 * 24):
        moment = NEW_YEAR + timedelta(hours=hour)
        awake = next_awake(moment, zone, EVENING, MORNING)
        assert not is_quiet(awake, zone, EVENING, MORNING)
        assert timedelta() <= awake - moment <= timedelta(hours=12)
        if not is_quiet(moment, zone, EVENING, MORNING):
            assert awake == moment


def clock_changes() -> dict[tuple[tuple[datetime, timedelta | None], ...], str]:
    """Every different year of clock changes there is, with one zone that has it."""
    found = {}
    for name in sorted(available_timezones()):
        zone, before, changes = ZoneInfo(name), None, []
        for day in range(366):
            moment = NEW_YEAR + timedelta(days=day)
            offset = moment.astimezone(zone).utcoffset()
            if offset != before:
                changes.append((moment, offset))
            before = offset
        found.setdefault(tuple(changes), name)
    return found


def test_around_every_change_of_every_clock_of_the_world_nights_are_quiet():
    years = clock_changes()
    assert len(years) > 40
    for changes, name in years.items():
        zone = ZoneInfo(name)
        for day, _offset in changes:
            for step in range(-36, 13):  # the change itself lies within the day before
                moment = day + timedelta(hours=step)
                awake = next_awake(moment, zone, EVENING, MORNING)
                assert not is_quiet(awake, zone, EVENING, MORNING), (name, moment)
                longest = timedelta(hours=13)  # one clock is put back by two hours
                assert timedelta() <= awake - moment <= longest, (name, moment)


@given(minutes, st.sampled_from(ZONES).map(ZoneInfo), clocks, clocks)
def test_it_is_the_first_such_minute_whatever_the_hours(moment, zone, quiet_from, quiet_until):
    awake = next_awake(moment, zone, quiet_from, quiet_until)
    assert not is_quiet(awake, zone, quiet_from, quiet_until)
    step = moment
    while step < awake:
        assert is_quiet(step, zone, quiet_from, quiet_until)
        step += timedelta(minutes=17)
    if awake > moment:
        assert is_quiet(awake - timedelta(minutes=1), zone, quiet_from, quiet_until)


def test_the_hour_that_comes_twice_is_quiet_twice():
    zone = ZoneInfo("Europe/London")  # 25 October 2026: 01:00 to 02:00 comes twice
    first, second = datetime(2026, 10, 25, 0, 15, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert is_quiet(first, zone, time(22), time(1, 30))
    assert is_quiet(second, zone, time(22), time(1, 30))
    assert next_awake(second, zone, time(22), time(1, 30)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_quiet_hours_that_end_inside_a_jump_end_with_it():
    zone = ZoneInfo("Europe/London")  # 29 March 2026: 01:00 is followed by 02:00
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert next_awake(night, zone, time(22), time(1, 30)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
