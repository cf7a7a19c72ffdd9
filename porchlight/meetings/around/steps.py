"""Steps agreed in a meeting: who does what by when. A colleague's is an errand; a room above may make a goal of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from django.db import transaction

from porchlight.activity.record import record
from porchlight.errands.actions import ask_for, finish
from porchlight.errands.models import ErrandKind
from porchlight.meetings.models import Doer, Meeting, Step
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import StaffMember

END_OF_DAY = time(16)
DONE = "done"  # the errand's outcome: the words of the step stay where they are
type GoalMaker = Callable[[Step, Actor, datetime], str]

_makers: list[GoalMaker] = []


def register_goal_maker(maker: GoalMaker) -> GoalMaker:
    """`maker(step, by, now)` makes a goal of an agreed step; returns what it is known by ("goal:7k2…"), or nothing."""
    _makers[:] = [maker]
    return maker


@transaction.atomic
def agree(
    meeting: Meeting, *, doer: Doer, text: str, due_on: date, by: Actor, now: datetime,
    staff: StaffMember | None = None,
) -> Step:  # fmt: skip
    """One step. `staff`: which colleague, where the school does it; they find it among their errands."""
    school = meeting.school
    step = Step.objects.create(
        school_id=meeting.school_id, meeting=meeting, doer=doer, staff=staff, text=text,
        language=school.language, due_on=due_on, made_by_id=by.post_id or 0, made_at=now,
    )  # fmt: skip
    if staff is not None:
        step.errand = ask_for(
            kind=ErrandKind.DO,
            to=staff,
            due_at=datetime.combine(due_on, END_OF_DAY, tzinfo=school.zone),
            by=by,
            about=f"step:{step.key}",
            reason="meeting_step",
            student=meeting.student,
        )
    if _makers:
        step.about = _makers[0](step, by, now)
    step.save(update_fields=["errand", "about"])
    record("meeting.step_agreed", about=step, by=by, doer=str(doer))
    return step


@transaction.atomic
def done(step: Step, *, by: Actor, now: datetime) -> Step:
    """It is done; twice changes nothing."""
    step = Step.objects.select_for_update(of=("self",)).select_related("errand").get(pk=step.pk)
    if step.is_done:
        return step
    step.done_at = now
    step.done_by_staff_id = by.post_id if by.is_staff else None
    step.done_by_guardian_id = by.post_id if by.kind is Kind.GUARDIAN else None
    step.save(update_fields=["done_at", "done_by_staff", "done_by_guardian"])
    if step.errand is not None and by.is_staff:
        finish(step.errand, by=by, outcome=DONE, now=now)
    record("meeting.step_done", about=step, by=by)
    return step


@transaction.atomic
def drop(step: Step, *, by: Actor, now: datetime) -> Step:
    """It is no longer wanted: nobody failed, and nothing counts it."""
    step.dropped_at = now
    step.save(update_fields=["dropped_at"])
    if step.errand is not None and step.errand.done_at is None:
        finish(step.errand, by=by, outcome="dropped", now=now)
    record("meeting.step_dropped", about=step, by=by)
    return step
