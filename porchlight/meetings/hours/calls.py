"""A call is promised: who rings a family, between which times, in which language; and what happens if nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from porchlight.activity.record import record
from porchlight.conversations.models import Ringing, TriageItem, TriageReason
from porchlight.conversations.placing import guardians_at
from porchlight.conversations.promised_calls import Promised, register_promises
from porchlight.delivery.models import CameOf
from porchlight.errands.actions import ask_for
from porchlight.errands.models import ErrandKind
from porchlight.families.models import Guardian, Guardianship, Student
from porchlight.meetings.arranging import Taken, arrange, call_off, free_or_taken
from porchlight.meetings.hours.free import for_guardian, free_times, may_ring, teachers_of
from porchlight.meetings.hours.interpreting import record_booking
from porchlight.meetings.hours.slots import Slot
from porchlight.meetings.hours.words import line, ringing, tell_one
from porchlight.meetings.models import AtMeetings, CallBack, Mode, Sort
from porchlight.schools.actors import Actor, school_itself
from porchlight.schools.calendar import next_school_day
from porchlight.schools.models import School, StaffMember
from porchlight.toolbox import scripts

MOST = 6
GIVES_UP_AFTER = 2  # times missed: then a person finds the next, not the clock
LATELY = timedelta(days=7)
EARLY = timedelta(minutes=15)  # who rings a little before the time has kept it


class NotTheirWish(ValueError):
    """They may not be rung then, or not by this colleague."""


def windows(guardian: Guardian, student: Student, *, now: datetime) -> list[Slot]:
    """When one of the child's teachers may ring this adult, the earliest first."""
    school = student.school
    staff = [one.pk for one in teachers_of(student, now=now)]
    times = for_guardian(free_times(school, staff, now=now), guardian, school)
    return [slot for slot in times if Mode.PHONE in slot.modes][:MOST]


def who_and_about(item: TriageItem, *, now: datetime) -> list[Guardianship]:
    """Whom a wish for a call may be about: the thread it stands in, else every child of who rang."""
    today = item.school.local(now).date()
    ties = Guardianship.objects.in_school(item.school_id).current(on=today).receiving(on=today)
    ties = ties.select_related("guardian", "student__school").order_by("pk")
    if item.message is not None:
        thread = item.message.thread
        return list(ties.filter(guardian=thread.guardian_id, student=thread.student_id))
    adults = guardians_at(item.address) if item.address is not None else []
    return list(ties.filter(guardian__in=adults))


@transaction.atomic
def promise_call(
    *,
    guardian: Guardian,
    student: Student,
    staff: StaffMember,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    now: datetime,
    item: TriageItem | None = None,
    interpreter: StaffMember | None = None,
    is_late: bool = False,
) -> CallBack:
    """Promise it to both. Raises Taken, and NotTheirWish. `is_late`: we missed the one before, and say sorry."""
    said = AtMeetings.objects.in_school(staff.school_id).filter(staff=staff).first()
    person = said.person if said is not None else ""
    if not may_ring(guardian, starts_at, ends_at, person, staff.school):
        raise NotTheirWish
    free_or_taken([staff], starts_at, ends_at)
    meeting = arrange(
        sort=Sort.CALL_BACK, mode=Mode.PHONE, student=student, guests=[guardian], hosts=[staff],
        starts_at=starts_at, ends_at=ends_at, by=by, now=now, interpreter=interpreter,
        language=scripts.base(guardian.speaks) if interpreter is not None else "",
    )  # fmt: skip
    if interpreter is not None:
        record_booking(meeting, staff=interpreter, by=by, now=now)
    row = CallBack.objects.create(
        school_id=staff.school_id, item=item, meeting=meeting, guardian=guardian, promised_at=now
    )
    sorry = [line("call_missed")] if is_late else []
    tell_one(guardian, student, [*sorry, *ringing(meeting, guardian)], now=now)
    record("call.promised", about=row, by=by)
    return row


@transaction.atomic
def rung(row: CallBack, *, by: Actor, now: datetime) -> CallBack:
    """The colleague kept it; pressed twice is once."""
    if row.rung_at is None:
        row.rung_at = now
        row.save(update_fields=["rung_at"])
        record("call.kept", about=row, by=by)
    return row


def promise_unasked(school: School, *, now: datetime) -> None:
    """Who asked for a call in words that have their thread gets a time by itself, where a teacher keeps hours."""
    waiting = TriageItem.objects.in_school(school).waiting().filter(
        reason=TriageReason.ASKS_FOR_CALL, promised=None, message__isnull=False, heard_at__gte=now - LATELY
    )  # fmt: skip
    for item in waiting.select_related("message__thread", "school")[:20]:
        for tie in who_and_about(item, now=now)[:1]:
            _promise_first(tie.guardian, tie.student, item=item, now=now)


def _promise_first(
    guardian: Guardian, student: Student, *, item: TriageItem | None, now: datetime, is_late: bool = False
) -> CallBack | None:
    for slot in windows(guardian, student, now=now):
        staff = StaffMember.objects.get(pk=slot.staff)
        try:
            return promise_call(
                guardian=guardian, student=student, staff=staff, starts_at=slot.starts_at, item=item,
                ends_at=slot.ends_at, by=school_itself(student.school), now=now, is_late=is_late,
            )  # fmt: skip
        except Taken:
            continue
    return None


def look_back(school: School, *, now: datetime) -> None:
    """Promises whose time is over: kept, or missed. What was rung before its time frees the hour."""
    rows = CallBack.objects.in_school(school).waiting()
    rows = rows.select_related("meeting__student__school", "guardian", "item", "meeting__school")
    for row in rows.order_by("pk")[:100]:
        if _was_rung(row):
            _kept(row, now)
        elif row.meeting.ends_at <= now:
            _missed(row, now)


def _was_rung(row: CallBack) -> bool:
    if row.item is None:
        return False
    if row.item.resolved_at is not None:
        return True
    tried = Ringing.objects.standing().filter(item=row.item, at__gte=row.meeting.starts_at - EARLY)
    return tried.filter(came_of__in=[CameOf.REACHED, CameOf.NO_ANSWER]).exists()


def _kept(row: CallBack, now: datetime) -> None:
    by = school_itself(row.meeting.school)
    rung(row, by=by, now=now)
    if row.meeting.starts_at > now:
        call_off(row.meeting, why="school", by=by, now=now)


@transaction.atomic
def _missed(row: CallBack, now: datetime) -> None:
    """Sorry is said once, with the next time; and a named colleague has it as a task."""
    row.missed_at = now
    row.save(update_fields=["missed_at"])
    school, meeting = row.meeting.school, row.meeting
    by = school_itself(school)
    record("call.missed", about=row, by=by)
    host = meeting.hosts.select_related("staff").order_by("pk")[0].staff
    ask_for(
        kind=ErrandKind.RING, to=host, due_at=_end_of_next_day(school, now), by=by, reason="promised_call",
        about=f"call_back:{row.key}", guardian=row.guardian, student=meeting.student,
    )  # fmt: skip
    before = CallBack.objects.in_school(school).filter(
        guardian=row.guardian, meeting__student=meeting.student
    )
    often = before.exclude(missed_at=None).filter(missed_at__gte=now - LATELY).count() >= GIVES_UP_AFTER
    again = None
    if not often:
        again = _promise_first(row.guardian, meeting.student, item=row.item, now=now, is_late=True)
    if again is None:
        tell_one(row.guardian, meeting.student, [line("call_missed_none")], now=now)


def _end_of_next_day(school: School, now: datetime) -> datetime:
    day = next_school_day(school, school.local(now).date())
    return datetime.combine(day, school.closes_at, tzinfo=school.zone)


@register_promises
def promised_to_items(school: School, items: Sequence[TriageItem]) -> dict[int, Promised]:
    """For the call list: the last promise of each, and where one is made."""
    rows = CallBack.objects.in_school(school).waiting().filter(item__in=[item.pk for item in items])
    by_item = {row.item_id: row for row in rows.select_related("meeting__interpreter").order_by("pk")}
    found = {}
    for item in items:
        page, row = reverse("meetings:promise_call", args=[school.slug, item.key]), by_item.get(item.pk)
        if row is None:
            found[item.pk] = Promised(page)
            continue
        meeting = row.meeting
        interpreter = meeting.interpreter.name if meeting.interpreter is not None else ""
        found[item.pk] = Promised(page, meeting.host_names, meeting.starts_at, meeting.ends_at, interpreter)
    return found
