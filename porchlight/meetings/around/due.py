"""Who is to be reminded of what, and when: never at night, never twice of the same time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from porchlight.delivery.quiet import awake_at_home, is_quiet
from porchlight.families.models import Guardian
from porchlight.meetings.arranging import still_told
from porchlight.meetings.models import Before, GuestSeat, Meeting, Reminder, Word
from porchlight.schools.calendar import school_days
from porchlight.schools.models import School

DECENT = time(16)  # at the home's clock
LOOKS_BACK = 3  # days for a school day before; else the day before, whatever day it is
HOUR = timedelta(hours=1)
NO_LATER = {Before.DAY: timedelta(hours=4), Before.HOUR: timedelta(minutes=20)}  # before it begins
EVENING = timedelta(hours=6)  # meetings as near to each other as that are told of in one message
AHEAD = timedelta(days=LOOKS_BACK + 1)
type Group = tuple[int, date, Before]  # guardian's id, day of the meetings


class Calendar:
    """The school day before each day, asked of the database once, however many meetings a day has."""

    def __init__(self, school: School) -> None:
        self.school = school
        self._before: dict[date, date] = {}

    def school_day_before(self, day: date) -> date:
        """The last one of the three days before; else the day before."""
        if day not in self._before:
            days = school_days(self.school, day - timedelta(days=LOOKS_BACK), day - timedelta(days=1))
            self._before[day] = days[-1] if days else day - timedelta(days=1)
        return self._before[day]

    def moment_of(self, before: Before, meeting: Meeting, guardian: Guardian) -> datetime:
        """When this reminder is due: an hour before; or at four in the afternoon of the school day before, or the
        morning after where that is quiet at home.
        """
        if before is Before.HOUR:
            return meeting.starts_at - HOUR
        told_on = self.school_day_before(self.school.local(meeting.starts_at).date())
        at = datetime.combine(told_on, DECENT, tzinfo=guardian.zone(self.school.zone))
        return awake_at_home(at, guardian=guardian, school=self.school)

    def is_due(self, before: Before, seat: GuestSeat, now: datetime) -> bool:
        """Due and not yet too late, by day at home, and the family was told of the meeting before that moment."""
        meeting, guardian, school = seat.meeting, seat.guardian, self.school
        at = self.moment_of(before, meeting, guardian)
        if meeting.told_at is None or not meeting.told_at <= at <= now < meeting.starts_at - NO_LATER[before]:
            return False
        zone = guardian.zone(school.zone)
        return not any(is_quiet(one, zone, school.quiet_from, school.quiet_until) for one in (at, now))


def coming(school: School, now: datetime) -> list[GuestSeat]:
    """Of adults who have not said that they cannot, at meetings of the next days that stand and that they know of.

    Only of those who may still be told about the child today.
    """
    meetings = Meeting.objects.in_school(school).standing().exclude(told_at=None)
    soon = meetings.filter(starts_at__gt=now, starts_at__lt=now + AHEAD)
    seats = GuestSeat.objects.in_school(school).filter(meeting__in=soon, word__in=("", Word.YES))
    found = list(
        seats.select_related("guardian", "meeting__school", "meeting__student")
        .prefetch_related("meeting__hosts__staff")
        .order_by("meeting__starts_at", "pk")
    )
    return still_told(found, school, now=now)


def groups(school: School, now: datetime) -> dict[Group, list[GuestSeat]]:
    """Seats to be reminded of in one message each: of one adult, on one evening."""
    seats = coming(school, now)
    done = set(
        Reminder.objects.in_school(school).filter(seat__in=seats).values_list("seat", "before", "revision")
    )
    found: dict[Group, list[GuestSeat]] = {}
    calendar = Calendar(school)
    for before in Before:
        open_ = [one for one in seats if (one.pk, before, one.meeting.revision) not in done]
        for seat in open_:
            key = (seat.guardian_id, school.local(seat.meeting.starts_at).date(), before)
            if key not in found and calendar.is_due(before, seat, now):
                found[key] = [one for one in open_ if _is_same_evening(one, seat)]
    return found


def _is_same_evening(one: GuestSeat, other: GuestSeat) -> bool:
    apart = one.meeting.starts_at - other.meeting.starts_at
    return one.guardian_id == other.guardian_id and timedelta() <= apart <= EVENING
