"""Which profile a school follows: its own choice, else its country's; and whether what it set is as strict."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from porchlight.schools.law.reading import Hours, Profile, profiles

if TYPE_CHECKING:
    from porchlight.schools.models import School

DAY = 24 * 60  # minutes


def law_at(country: str, chosen: str = "") -> Profile:
    """The profile for a country, or the chosen one. A country without one gets the profile for elsewhere."""
    every = profiles()
    if chosen in every:
        return every[chosen]
    for profile in every.values():
        if country in profile.countries:
            return profile
    return next(profile for profile in every.values() if profile.is_for_elsewhere)


def law_of(school: School) -> Profile:
    """The profile this school follows."""
    return law_at(school.country, school.law)


def emergency_numbers(school: School) -> str:
    """As the school wrote them, else as the profile has them: said at night, whatever else is missing."""
    return school.emergency_numbers or ", ".join(law_of(school).emergency.value)


def rests_enough(law: Profile, since: time, until: time) -> bool:
    """Whether quiet hours of a school hold every minute of its law's."""
    begins, asked = _minutes(since), law.quiet.value
    later = (_minutes(asked.since) - begins) % DAY
    return later + _length(asked.since, asked.until) <= _length(since, until)


def hold_to(law: Profile, school: School) -> None:
    """Make a school's quiet hours as long as its law asks; where they reach further, they still do. Not saved."""
    asked, own = law.quiet.value, Hours(school.quiet_from, school.quiet_until)
    if rests_enough(law, own.since, own.until):
        return
    begins_before = _is_within(asked.since, own)
    ends_after = _is_within(asked.until, own)
    if begins_before and ends_after:  # and yet not enough: together they would be the whole day
        begins_before = ends_after = False
    school.quiet_from = own.since if begins_before else asked.since
    school.quiet_until = own.until if ends_after else asked.until


def _is_within(clock: time, hours: Hours) -> bool:
    """Whether a minute lies in these hours, their end included."""
    return (_minutes(clock) - _minutes(hours.since)) % DAY <= _length(hours.since, hours.until)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _length(since: time, until: time) -> int:
    return (_minutes(until) - _minutes(since)) % DAY
