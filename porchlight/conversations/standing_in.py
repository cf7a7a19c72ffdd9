"""A thread handed to a colleague: they answer there until a day, and the family reads it.

Who sees the child already gets no right by it. A counsellor, a liaison or an interpreter who does not is lent the
everyday words of this thread and nothing else: not the child's page, not another adult's thread.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models, transaction

from porchlight.activity.record import record
from porchlight.conversations.models import StandIn, Thread
from porchlight.conversations.models.standing_in import ASKED_IN
from porchlight.families.models import Enrolment, Guardianship, Student
from porchlight.families.models.people import SEES_EVERY_CHILD, in_force
from porchlight.schools.actors import Actor
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import StaffMember, Teaching

LONGEST = timedelta(days=60)


class StandInRefused(ValueError):
    """The colleague does not see this child, or the day is none."""


def who_may_answer(student: Student, *, on: date) -> models.QuerySet[StaffMember]:
    """Colleagues who see a child by their own right: who teaches it, and who sees every child. Never its own family."""
    places = Enrolment.objects.in_school(student.school_id).filter(in_force(on), student=student)
    teaching = Teaching.objects.in_school(student.school_id).filter(
        in_force(on), school_class__in=places.values("school_class")
    )
    seeing = models.Q(pk__in=teaching.values("staff")) | models.Q(roles__role__in=SEES_EVERY_CHILD)
    return _outside_its_family(student).filter(seeing).distinct().order_by("name")


def who_may_be_lent(student: Student, *, on: date) -> models.QuerySet[StaffMember]:
    """Colleagues who are asked in for one family and do not see the child. Never its own family."""
    own = who_may_answer(student, on=on).values("pk")
    found = _outside_its_family(student).filter(roles__role__in=ASKED_IN).exclude(pk__in=own)
    return found.distinct().order_by("name")


def _outside_its_family(student: Student) -> models.QuerySet[StaffMember]:
    """Colleagues who can answer at all, but those of the child's own home."""
    awake = StaffMember.objects.in_school(student.school_id).awake().filter(user__isnull=False)
    at_home = Guardianship.objects.in_school(student.school_id).filter(
        student=student, guardian__user__isnull=False
    )
    return awake.exclude(user__in=at_home.values("guardian__user"))


@transaction.atomic
def hand(thread: Thread, *, to: StaffMember, until: date, by: Actor, now: datetime) -> StandIn:
    """From now on `to` answers here. An earlier one is over. Raises StandInRefused."""
    today = thread.school.local(now).date()
    if not today <= until <= today + LONGEST:
        raise StandInRefused
    sees = who_may_answer(thread.student, on=today).filter(pk=to.pk).exists()
    lends = not sees and who_may_be_lent(thread.student, on=today).filter(pk=to.pk).exists()
    if by.post_id is None or not (sees or lends):
        raise StandInRefused
    StandIn.objects.filter(thread=thread, ended_at=None).update(ended_at=now)
    row = StandIn.objects.create(
        school_id=thread.school_id,
        thread=thread,
        staff=to,
        lends=lends,
        handed_by_id=by.post_id,
        until=until,
        handed_at=now,
    )
    record("thread.handed", about=thread, by=by, to=to.pk, until=str(until), lends=lends)
    changed(thread.school_id, Topic.TALK)
    return row


@transaction.atomic
def take_back(row: StandIn, *, by: Actor, now: datetime) -> None:
    """Before its day."""
    if StandIn.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now):
        record("thread.handed_back", about=row.thread, by=by)
        changed(row.school_id, Topic.TALK)
