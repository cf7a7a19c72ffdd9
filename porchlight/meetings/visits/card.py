"""On a student's page: visited on a day, or never yet. Nothing of what was said."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from porchlight.conversations.student_cards import Card, on_student_page
from porchlight.conversations.views.compose import WRITERS
from porchlight.design.moments import day
from porchlight.families.models import Student
from porchlight.meetings.models import VisitCheck
from porchlight.schools.actors import Actor
from porchlight.schools.models import School


@on_student_page
def card_of(student: Student, school: School, actor: Actor, now: datetime) -> Card:
    """For every colleague who sees the child: they are shown the page only then."""
    last = last_visit(student)
    words = (
        _("Visited on %(day)s.") % {"day": day(last, now=now, zone=school.zone)}
        if last
        else _("Never visited yet.")
    )
    if not actor.is_one_of(*WRITERS):
        return Card(_("Visits"), words)
    url = reverse("meetings:visit_new", kwargs={"school": school.slug, "key": student.key})
    return Card(_("Visits"), words, url, _("Ask for a visit"))


def last_visit(student: Student) -> datetime | None:
    """When somebody last went in to see this child's family."""
    rows = VisitCheck.objects.in_school(student.school_id).filter(visit__student=student)
    found: datetime | None = rows.aggregate(last=Max("in_at"))["last"]
    return found
