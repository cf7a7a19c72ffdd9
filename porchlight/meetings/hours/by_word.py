"""“TALK”, from a family's own phone: the next free times of the child's teacher, to be taken by a digit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from porchlight.conversations.wanted import on_wanted
from porchlight.families.models import Guardianship
from porchlight.languages.understood import Kind
from porchlight.meetings.hours.free import teachers_of
from porchlight.meetings.hours.offering import offer, times_for
from porchlight.meetings.models import HoursFor
from porchlight.schools.actors import school_itself
from porchlight.schools.models import School


@on_wanted(Kind.TALK)
def talk(school: School, ties: Sequence[Guardianship], now: datetime) -> bool:
    """A question for each child: with its class teacher, or the first of its teachers who has a free time."""
    is_said = False
    for tie in ties:
        for teacher in teachers_of(tie.student, now=now):
            times = times_for(tie.guardian, tie.student, teacher, purpose=HoursFor.FAMILIES, now=now)
            if times:
                offer(tie.guardian, tie.student, teacher, times, by=school_itself(school), now=now)
                is_said = True
                break
    return is_said
