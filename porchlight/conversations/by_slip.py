"""A code from a slip of paper says whose slip it was. Who holds it now is for a person to find out."""

from __future__ import annotations

from datetime import datetime

from porchlight.conversations.heard import Words, to_triage
from porchlight.conversations.models import TriageItem, TriageReason
from porchlight.delivery.by_hand.slip_codes import slip_in
from porchlight.families.models import Guardianship
from porchlight.schools.models import School

AT_MOST_WAITING = 3  # numbers of one adult and child: father's, mother's, and one that was mistyped


class TooManyWaiting(Exception):
    """As many numbers as the office should have to ask about wait for it already."""


def by_slip(school: School, text: str, now: datetime) -> Guardianship | None:
    """The adult and child whose slip has the code in these words."""
    slip = slip_in(text, school=school, now=now)
    if slip is None:
        return None
    students = [about.student_id for about in slip.parcel.about.all()]
    ties = Guardianship.objects.in_school(school).current(on=school.local(now).date())
    return ties.filter(guardian=slip.parcel.guardian_id, student__in=students).order_by("pk").first()


def number_given(
    *, school: School, code: str, channel: str, number: str, words: str, now: datetime
) -> TriageItem | None:
    """Somebody gave a number on the page of a slip: the office asks the family, then keeps it. None: no such code.

    Raises TooManyWaiting.
    """
    tie = by_slip(school, code, now)
    if tie is None:
        return None
    waiting = TriageItem.objects.in_school(school).waiting().filter(reason=TriageReason.BY_SLIP)
    known = waiting.filter(slip_of=tie, sender=number, channel=channel).first()
    if known is not None:
        return known
    if waiting.filter(slip_of=tie).count() >= AT_MOST_WAITING:
        raise TooManyWaiting
    said = Words(text=words, channel=channel, at=now, sender=number)
    return to_triage(school, None, said, TriageReason.BY_SLIP, slip_of=tie)
