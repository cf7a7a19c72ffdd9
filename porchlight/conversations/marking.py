"""A colleague says of which children their homes should hear good news first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.models import Mark
from porchlight.families.models import Student
from porchlight.schools.actors import Actor


@transaction.atomic
def keep_marks(*, on: Collection[Student], among: Collection[Student], by: Actor, now: datetime) -> None:
    """Of the children `among`, these are marked by this colleague from now on and the others are not."""
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("Marks are a colleague's own.")
    wanted = {student.pk for student in on}
    mine = Mark.objects.visible_to(by).standing().filter(student__in=among)
    marked = set(mine.values_list("student_id", flat=True))
    mine.exclude(student__in=wanted).update(ended_at=now)
    for student in among:
        if student.pk in wanted - marked:
            Mark.objects.create(school_id=by.school_id, staff_id=by.post_id, student=student, set_at=now)
        if (student.pk in wanted) != (student.pk in marked):
            record("student.marked" if student.pk in wanted else "student.unmarked", about=student, by=by)
