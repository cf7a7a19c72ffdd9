"""Around whom a changed number asks for care: a restriction stands, somebody asked for it, a phone is unsafe."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from porchlight.families.models import Caution, ContactPoint, Guardian, Guardianship, Restriction


def asks_for_care(guardian: Guardian, *, on: date) -> bool:
    """Whether three days and two colleagues are needed for this adult. Nobody is told which reason it is."""
    return guardian.pk in those_with_care(guardian.school_id, [guardian.pk], on=on)


def those_with_care(school_id: int, guardians: Collection[int], *, on: date) -> set[int]:
    """Of these adults, those with whom care is asked for; in four queries for any number of them.

    A restriction counts for every adult of the child, whomever it keeps away, and before it begins: it is the others'
    new number that is looked for.
    """
    ties = Guardianship.objects.in_school(school_id)
    theirs = list(ties.filter(guardian__in=guardians).values_list("guardian_id", "student_id"))
    children = {student for _, student in theirs}
    limits = Restriction.objects.in_school(school_id).filter(Q(until=None) | Q(until__gte=on), lifted_at=None)
    limited = limits.filter(guardianship__student__in=children)
    marked = set(limited.values_list("guardianship__student_id", flat=True))
    cautions = Caution.objects.in_school(school_id).standing().filter(student__in=children)
    marked |= set(cautions.values_list("student_id", flat=True))
    points = ContactPoint.objects.in_school(school_id).filter(unsafe_at__isnull=False)
    unsafe = set(points.filter(guardian__in=guardians).values_list("guardian_id", flat=True))
    return {guardian for guardian, student in theirs if student in marked} | {
        one for one in unsafe if one is not None
    }
