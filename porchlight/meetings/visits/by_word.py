"""“VISIT”, from a family's own phone: they are thanked, and asked where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from porchlight.conversations.wanted import on_wanted
from porchlight.families.models import Guardianship
from porchlight.languages.understood import Kind
from porchlight.meetings.visits.offering import wish_for
from porchlight.meetings.visits.rules import may_be_told
from porchlight.schools.models import School


@on_wanted(Kind.VISIT)
def visit_wanted(school: School, ties: Sequence[Guardianship], now: datetime) -> bool:
    """Brothers and sisters are one visit: about the child that comes first."""
    done: set[int] = set()
    for tie in ties:
        if tie.guardian_id not in done and may_be_told(tie.guardian, tie.student, now):
            done.add(tie.guardian_id)
            wish_for(student=tie.student, guardian=tie.guardian, now=now, by_phone=True)
    return bool(done)
