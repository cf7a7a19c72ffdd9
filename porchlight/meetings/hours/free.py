"""Free times as they stand now: hours, the school's calendar, who is away, which meetings there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from porchlight.families.models import Guardian, MayRing, Student, ties_at_home
from porchlight.meetings.hours.slots import Slot, Weekly, free
from porchlight.meetings.models import AtMeetings, HostSeat, HoursFor, Meeting, Mode, StandingHours
from porchlight.schools.calendar import written
from porchlight.schools.models import Away, School, StaffMember, Teaching

AHEAD = timedelta(days=14)
NOT_WITHIN = timedelta(hours=2)  # so that both can be there


def free_times(
    school: School, staff: Collection[int], *, now: datetime, purpose: str = HoursFor.FAMILIES
) -> list[Slot]:
    """Of these colleagues in the next two weeks, the earliest first."""
    first = school.local(now).date()
    days = open_days(school, first, first + AHEAD)
    rows = StandingHours.objects.in_school(school).kept().filter(staff__in=staff, purpose=purpose)
    rows = rows.filter(staff__left_at=None, since__lte=first + AHEAD)
    weekly = [
        Weekly(
            row.staff_id,
            row.weekday,
            row.starts,
            row.ends,
            row.minutes,
            tuple(row.modes),
            row.since,
            row.until,
        )
        for row in rows.order_by("weekday", "starts", "pk")
    ]
    if not weekly or not days:
        return []
    start, end = now, now + AHEAD + timedelta(days=2)
    away = Away.objects.in_school(school).standing().filter(staff__in=staff, until__gte=first)
    return free(
        weekly,
        days=days,
        zone=school.zone,
        busy=_busy(school, staff, start, end),
        away=list(away.values_list("staff_id", "since", "until")),
        not_before=now + NOT_WITHIN,
    )


def open_days(school: School, first: date, last: date) -> list[date]:
    """Days in term that are not closed. A Saturday is one too, where somebody keeps an hour then."""
    return written(school).open_days(first, last)


def _busy(
    school: School, staff: Collection[int], start: datetime, end: datetime
) -> list[tuple[int, datetime, datetime]]:
    meetings = Meeting.objects.in_school(school).standing().between(start, end)
    seats = HostSeat.objects.in_school(school).filter(staff__in=staff, meeting__in=meetings.order_by())
    rows = list(seats.values_list("staff_id", "meeting__starts_at", "meeting__ends_at"))
    interpreting = meetings.filter(interpreter__in=staff)
    return [*rows, *interpreting.values_list("interpreter_id", "starts_at", "ends_at")]


def for_guardian(slots: Sequence[Slot], guardian: Guardian, school: School) -> list[Slot]:
    """The same with the ways that suit this adult: by whom they may be rung, and when."""
    ids = {slot.staff for slot in slots}
    said = AtMeetings.objects.in_school(school).filter(staff__in=ids)
    persons = dict(said.values_list("staff_id", "person"))
    found = []
    for slot in slots:
        rings = may_ring(guardian, slot.starts_at, slot.ends_at, persons.get(slot.staff, ""), school)
        modes = tuple(mode for mode in slot.modes if mode != Mode.PHONE or rings)
        if modes:
            found.append(Slot(slot.staff, slot.starts_at, slot.ends_at, modes))
    return found


def may_ring(guardian: Guardian, starts: datetime, ends: datetime, person: str, school: School) -> bool:
    """Whether this colleague may ring them then: a woman or a man as they wish, within their hours on their clock."""
    if not guardian.may_be_rung:
        return False
    if guardian.may_ring != MayRing.ANYONE and guardian.may_ring != person:
        return False
    if guardian.ring_from is None or guardian.ring_until is None:
        return True
    zone = guardian.zone(school.zone)
    first, last = starts.astimezone(zone).time(), ends.astimezone(zone).time()
    if guardian.ring_from <= guardian.ring_until:
        return guardian.ring_from <= first and time.min < last <= guardian.ring_until
    return first >= guardian.ring_from or last <= guardian.ring_until  # hours past midnight


def teachers_of(student: Student, *, now: datetime) -> list[StaffMember]:
    """Who teaches this child today: the class teacher first; nobody whose own child it is."""
    today = student.school.local(now).date()
    classes = student.enrolments.filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today)
    )
    rows = Teaching.objects.in_school(student.school_id).filter(
        Q(since=None) | Q(since__lte=today),
        Q(until=None) | Q(until__gte=today),
        school_class__in=classes.values("school_class"),
        school_class__closed_at=None,
        staff__left_at=None,
    )
    rows = rows.select_related("staff").order_by("-is_lead", "pk")
    found = {row.staff_id: row.staff for row in rows}.values()
    return [one for one in found if not ties_at_home(one.actor()).filter(student=student).exists()]
