"""School hours as families meet them: the out-of-hours reply, and by when we answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from porchlight.conversations.heard import Words
from porchlight.conversations.placing import guardians_at
from porchlight.delivery.actions import RawAddress, serve
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import Parcel
from porchlight.families.models import Address
from porchlight.schools.calendar import is_school_day, window_start, written
from porchlight.schools.models import School

ONCE_IN_HOLIDAYS = timedelta(days=7)  # who writes again in the third week hears the emergency numbers again
ONCE_FOR_ALARMS = timedelta(hours=8)
LONG_AGO = timedelta(days=120)  # longer than any holiday and any promise
AHEAD = timedelta(days=60)


def is_open(school: School, now: datetime) -> bool:
    """Whether somebody at school is expected to be reading now."""
    local = school.local(now)
    return is_school_day(school, local.date()) and school.opens_at <= local.time() < school.closes_at


def closed_since(school: School, now: datetime) -> datetime | None:
    """When school last closed; None while it is open."""
    today = school.local(now).date()
    for day in reversed(written(school).days(today - LONG_AGO, today)):
        if _at(school, day, school.closes_at) <= now:
            return _at(school, day, school.closes_at)
        if _at(school, day, school.opens_at) <= now:
            return None
    return now - LONG_AGO


def reply_when_closed(
    *,
    school: School,
    address: Address | None,
    words: Words,
    now: datetime,
    later: str = "",
    still: Mapping[str, str] | None = None,
    is_alarm: bool = False,
) -> bool:
    """Say at once that nobody watches, with the emergency numbers; once for each address until school has been open.

    In long holidays it is said again after a week, and after eight hours to words of alarm.
    To whoever wrote or rang, known to us or not: the child in danger may have borrowed a phone. `later`: a sentence
    about who reads it when, in their language. `still`: who reads it now though school is closed, and until when; then
    it is not said that nobody does, and the emergency numbers stand there all the same.
    """
    to, since = address or words.stranger, closed_since(school, now)
    if to is None or since is None:
        return False
    again_after = ONCE_FOR_ALARMS if is_alarm else ONCE_IN_HOLIDAYS
    kind = ServiceKind.OUT_OF_HOURS if still is None else ServiceKind.STILL_READ
    if _was_told(school, to, kind, since=max(since, now - again_after)):
        return False
    adults = guardians_at(address) if address is not None else []
    serve(
        school=school,
        kind=kind,
        to=to,
        language=adults[0].reading if adults else school.language,
        now=now,
        account=words.line,
        numbers=school.emergency,
        school_name=school.name,
        **(still if still is not None else {"words": school.out_of_hours_words, "later": later}),
    )
    return True


def _was_told(school: School, to: Address | RawAddress, kind: ServiceKind, *, since: datetime) -> bool:
    sent = {"deliveries__channel": to.channel, "deliveries__to": to.value or to.user_id}
    lately = Parcel.objects.in_school(school).filter(service_kind=kind.value, created_at__gte=since, **sent)
    return lately.exists()


def answer_by(school: School, heard_at: datetime) -> datetime:
    """The promise: closing time of the n-th school day after the words came in.

    Words that arrive while school is open count from that day, others from the next school day.
    """
    calendar, local = written(school), school.local(heard_at)
    is_today = local.time() < school.closes_at and calendar.days(local.date(), local.date())
    day = local.date() if is_today else calendar.next_day(local.date())
    for _ in range(school.answer_within):
        day = calendar.next_day(day)
    return _at(school, day, school.closes_at)


class Promises:
    """The same promise for many messages at once, and whether school is open: the calendar is read a single time."""

    def __init__(self, school: School, now: datetime) -> None:
        self.school, self.now = school, now
        today = school.local(now).date()
        self.calendar = written(school)
        self._days = self.calendar.days(today - LONG_AGO, today + AHEAD)
        self._beyond: dict[date, datetime] = {}

    def due(self, heard_at: datetime) -> datetime:
        """As `answer_by`; beyond the calendar that was read, each day is asked for once."""
        local = self.school.local(heard_at)
        counted = local.date() if local.time() < self.school.closes_at else local.date() + timedelta(days=1)
        first = bisect_left(self._days, counted)
        last = first + self.school.answer_within
        if counted < self._start or last >= len(self._days):
            if counted not in self._beyond:
                self._beyond[counted] = answer_by(self.school, heard_at)
            return self._beyond[counted]
        return _at(self.school, self._days[last], self.school.closes_at)

    def window_start(self, days: int) -> datetime:
        """As `calendar.window_start`, from now."""
        held = self._days[: bisect_right(self._days, self.school.local(self.now).date())]
        if len(held) < days:
            return window_start(self.school, self.now, days, calendar=self.calendar)
        return _at(self.school, held[-days], time.min)

    @property
    def is_open(self) -> bool:
        """As `is_open`, now."""
        local = self.school.local(self.now)
        held = local.date() in self._days
        return held and self.school.opens_at <= local.time() < self.school.closes_at

    @property
    def overdue_before(self) -> datetime:
        """Words that came in before this moment have waited longer than promised."""
        closings = [_at(self.school, day, self.school.closes_at) for day in self._days]
        over = sum(1 for closing in closings if closing < self.now) - self.school.answer_within
        return closings[over - 1] if over > 0 else self.now - LONG_AGO

    @property
    def _start(self) -> date:
        return self.school.local(self.now).date() - LONG_AGO


def _at(school: School, day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=school.zone)
