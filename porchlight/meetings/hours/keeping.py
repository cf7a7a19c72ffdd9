"""A colleague says when they are there every week, and stops saying so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings.models import StandingHours
from porchlight.schools.actors import Actor
from porchlight.schools.models import StaffMember


@transaction.atomic
def keep_hours(
    staff: StaffMember,
    *,
    purpose: str,
    weekday: int,
    starts: time,
    ends: time,
    minutes: int,
    modes: Sequence[str],
    until: date | None,
    by: Actor,
    now: datetime,
) -> StandingHours:
    """From today on."""
    row = StandingHours.objects.create(
        school_id=staff.school_id, staff=staff, purpose=purpose, weekday=weekday, starts=starts, ends=ends,
        minutes=minutes, modes=list(modes), since=staff.school.local(now).date(), until=until, made_at=now,
    )  # fmt: skip
    record("hours.kept", about=row, by=by)
    return row


@transaction.atomic
def give_up_hours(row: StandingHours, *, by: Actor, now: datetime) -> StandingHours:
    """No more new talks. What is arranged already stands."""
    if row.ended_at is None:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        record("hours.given_up", about=row, by=by)
    return row
