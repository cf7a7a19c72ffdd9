"""When a colleague next reads: their hours on school days, and not while they are away. Nobody's hours are longer than
they chose.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db import connection

from porchlight.schools.calendar import Calendar, written
from porchlight.schools.models import Away, ReadingHours, School, StaffMember
from porchlight.toolbox.gaps import Many, Question

AHEAD = timedelta(days=120)  # longer than any holiday
BACK = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Hours:
    """Days of the week (Monday is 0; None: every school day) and the hours of each, on the school's clock."""

    days: Collection[int] | None
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Readers:
    """When each of some colleagues reads. The calendar and their hours are asked once, in three queries."""

    school: School
    now: datetime
    days: Sequence[date]
    hours: dict[int, Hours]
    away: dict[int, Away]

    def reads_at(self, staff_id: int) -> datetime | None:
        """Now, or the first moment they read again; None where the calendar knows of none."""
        for day in self.days:
            if self._reads_on(staff_id, day):
                start, end = self._stretch(staff_id, day)
                if self.now < end:
                    return max(self.now, start)
        return None

    def reads_until(self, staff_id: int) -> datetime | None:
        """When they stop, where they read now."""
        today = self.school.local(self.now).date()
        if today not in self.days or not self._reads_on(staff_id, today):
            return None
        start, end = self._stretch(staff_id, today)
        return end if start <= self.now < end else None

    def quiet_since(self, staff_id: int) -> datetime:
        """When they last stopped reading; three weeks ago where that is longer."""
        for day in reversed(self.days):
            if self._reads_on(staff_id, day):
                _start, end = self._stretch(staff_id, day)
                if end <= self.now:
                    return end
        return self.now - BACK

    def morning_of(self, staff_id: int) -> datetime | None:
        """When a colleague who rests now reads again. None: they read now, or the calendar does not say."""
        at = self.reads_at(staff_id)
        return at if at is not None and at > self.now else None

    def away_now(self, staff_id: int) -> Away | None:
        """Whether they are away today."""
        row = self.away.get(staff_id)
        today = self.school.local(self.now).date()
        return row if row is not None and row.since <= today <= row.until else None

    def _reads_on(self, staff_id: int, day: date) -> bool:
        days, row = self.of(staff_id).days, self.away.get(staff_id)
        is_away = row is not None and row.since <= day <= row.until
        return not is_away and (days is None or day.weekday() in days)

    def _stretch(self, staff_id: int, day: date) -> tuple[datetime, datetime]:
        hours, zone = self.of(staff_id), self.school.zone
        return datetime.combine(day, hours.start, zone), datetime.combine(day, hours.end, zone)

    def of(self, staff_id: int) -> Hours:
        """Theirs, or the school's."""
        return self.hours.get(staff_id) or Hours(None, self.school.reads_from, self.school.reads_until)


def readers(
    school: School, staff_ids: Collection[int], now: datetime, *, calendar: Calendar | None = None
) -> Readers:
    """What is to be known of these colleagues, and of whoever answers for them. `calendar`: if somebody asked it."""
    today = school.local(now).date()
    away = {row.staff_id: row for row in _away(school, staff_ids, today)}
    covering = {row.colleague_id for row in away.values() if row.colleague_id} - set(staff_ids)
    if covering:
        away |= {row.staff_id: row for row in _away(school, covering, today)}
    rows = ReadingHours.objects.in_school(school).filter(staff__in={*staff_ids, *covering})
    return Readers(
        school,
        now,
        (calendar or written(school)).days(today - BACK, today + AHEAD),
        {row.staff_id: Hours(frozenset(row.weekdays), row.reads_from, row.reads_until) for row in rows},
        away,
    )


def _away(school: School, staff_ids: Collection[int], today: date) -> list[Away]:
    return _away_of(school.pk, today, connection.vendor).ask(staff=staff_ids)


@lru_cache(maxsize=64)
def _away_of(school: int, today: date, _vendor: str) -> Question[Away]:
    rows = Away.objects.in_school(school).standing().filter(staff__in=Many("staff"), until__gte=today)
    return Question(rows.select_related("colleague"))


def reads_at(staff: StaffMember, now: datetime) -> datetime | None:
    """As `Readers.reads_at`, of one."""
    return readers(staff.school, [staff.pk], now).reads_at(staff.pk)
