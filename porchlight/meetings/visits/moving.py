"""A visit's day that was moved, or called off, elsewhere: the family is asked anew, or the visit waits for a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from porchlight.meetings import signals
from porchlight.meetings.models import Meeting, Visit
from porchlight.meetings.visits import asking
from porchlight.meetings.visits.rules import may_be_told
from porchlight.schools.actors import school_itself


@receiver(signals.moved, dispatch_uid="visits.moved")
def ask_anew(*, meeting: Meeting, now: datetime, **_more: Any) -> None:
    """Who comes and when is told anew: their old word no longer counts."""
    visit = _of(meeting)
    if visit is not None and meeting.told_at is not None and may_be_told(visit.guardian, visit.student, now):
        asking.ask_suits(visit, by=school_itself(visit.student.school), now=now)


@receiver(signals.called_off, dispatch_uid="visits.called_off")
def without_day(*, meeting: Meeting, **_more: Any) -> None:
    """The visit is as welcome as it was, and has no day."""
    visit = _of(meeting)
    if visit is not None:
        visit.meeting = None
        visit.save(update_fields=["meeting"])


def _of(meeting: Meeting) -> Visit | None:
    rows = Visit.objects.in_school(meeting.school_id).filter(meeting=meeting)
    return rows.select_related(
        "student__school", "guardian", "first", "second", "meeting__interpreter"
    ).first()
