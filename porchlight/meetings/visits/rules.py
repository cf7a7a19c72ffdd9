"""What a visit must keep to: whom we may ask, how seldom, where care is due, and what a family wished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from porchlight.families.models import Caution, Guardian, Guardianship, Restriction, Student
from porchlight.meetings import arranging
from porchlight.meetings.models import AskedBy, AtMeetings, Visit, Welcome
from porchlight.schools.models import StaffMember

ASKED_AGAIN_AFTER = timedelta(days=90)  # whatever they said; silence is no answer, and no fault
AFTER_NO = timedelta(days=365)
NEVER = date(9999, 12, 31)  # “we will tell you”: the school does not ask again


class NotNow(Exception):
    """It may not be done now; `why` is a code: a page says it in words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def may_be_told(guardian: Guardian, student: Student, now: datetime) -> bool:
    """This adult may be told about this child today."""
    return guardian.pk in arranging.may_be_told(student, now=now)


def care_is_due(student: Student, on: date) -> bool:
    """Somebody must not learn where this family is: then no place is kept in words, nor a part of the town."""
    school = student.school_id
    barred = Restriction.objects.in_school(school).in_force(on=on).filter(guardianship__student=student)
    return barred.exists() or Caution.objects.in_school(school).standing().filter(student=student).exists()


def may_ask(guardian: Guardian, student: Student, now: datetime) -> bool:
    """Whether the school may ask this adult for a visit now. A family's “later” binds whoever asks."""
    today = student.school.local(now).date()
    rows = Visit.objects.in_school(student.school_id).filter(guardian=guardian, student=student)
    if rows.filter(ask_from__gt=today).exists():
        return False
    if rows.filter(word=Welcome.NO, said_at__gt=now - AFTER_NO).exists():
        return False
    if rows.filter(asked_by=AskedBy.SCHOOL, offered_at__gt=now - ASKED_AGAIN_AFTER).exists():
        return False
    open_ = (
        rows.standing()
        .filter(asked_at__gt=now - ASKED_AGAIN_AFTER)
        .exclude(word__in=(Welcome.LATER, Welcome.NO))
    )
    return not open_.exists()


def own_family(visit: Visit, people: Sequence[StaffMember]) -> str:
    """A code where one of these cares for the child at home; else empty."""
    users = [one.user_id for one in people if one.user_id is not None]
    ties = Guardianship.objects.in_school(visit.school_id).filter(student=visit.student_id)
    return "own_child" if ties.filter(guardian__user__in=users).exists() else ""


def unsuitable(visit: Visit, pair: Sequence[StaffMember]) -> str:
    """Why these two cannot go, as a code; empty: they can."""
    first, second = pair
    if first.pk == second.pk:
        return "two_adults"
    if why := own_family(visit, pair):
        return why
    if visit.person:
        fit = AtMeetings.objects.in_school(visit.school_id).filter(staff__in=pair, person=visit.person)
        if fit.count() < len(pair):
            return "person"
    return ""
