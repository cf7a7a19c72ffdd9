"""What a student's own page shows: today at school, what homes were told, who teaches them, whom to tell a worry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from porchlight.conversations.hours import is_open
from porchlight.conversations.told import told_home
from porchlight.design.moments import clock, full_day
from porchlight.design.parts import Bubble
from porchlight.errands.actions import named
from porchlight.families.classes import Lessons, lessons_of
from porchlight.families.models import Student
from porchlight.schools.actors import Actor, Role
from porchlight.schools.calendar import is_school_day
from porchlight.schools.models import Closure, School

A_WEEK = timedelta(days=7)
AHEAD = timedelta(days=28)  # how far ahead days without school are shown
MOST = 6  # announcements shown


@dataclass(frozen=True, slots=True)
class DayOff:
    """Days without school, first and last."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class StudentDay:
    """One student's first page. Nothing on it says what their family and the school write to each other."""

    student: Student
    today: str
    has_school: bool
    is_open: bool
    opens: str
    closes: str
    days_off: Sequence[DayOff]
    told: Sequence[Bubble]
    lessons: Sequence[Lessons]
    listeners: Sequence[str]  # the named safeguarding people, the lead first
    now: datetime


def day_of(student: Student, *, school: School, actor: Actor, language: str, now: datetime) -> StudentDay:
    """Everything on the page, in a constant number of queries."""
    today = school.local(now).date()
    off = Closure.objects.visible_to(actor).filter(ends_on__gte=today, starts_on__lte=today + AHEAD)
    return StudentDay(
        student=student,
        today=full_day(now, zone=school.zone),
        has_school=is_school_day(school, today),
        is_open=is_open(school, now),
        opens=_hour(school, school.opens_at, today),
        closes=_hour(school, school.closes_at, today),
        days_off=[DayOff(row.name, row.starts_on, row.ends_on) for row in off.order_by("starts_on")],
        told=told_home(student, actor=actor, language=language, since=now - A_WEEK, most=MOST),
        lessons=lessons_of(student, on=today),
        listeners=[person.name for person in named(school, Role.SAFEGUARDING)],
        now=now,
    )


def _hour(school: School, hour: time, today: date) -> str:
    """`8 am`, as this language says it."""
    return clock(datetime.combine(today, hour, tzinfo=school.zone), zone=school.zone)
