"""A list that brings another number for somebody known: their old one hears of it; where care is asked for, it waits.

A list is the office's own word. For people it brings for the first time, that is their enrolment. Around a child for
whom care is asked, a changed number is on trial until colleagues confirm it, and the old one goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from porchlight.families.caring import those_with_care
from porchlight.families.models import CameBy, ContactChange, ContactPoint
from porchlight.rosters.models import RosterChange, RosterImport, RosterLink
from porchlight.rosters.writing import in_batches
from porchlight.schools.models import School


def hold_back(run: RosterImport, school: School, *, now: datetime) -> int:
    """After an import's rows are written, in its transaction. Returns how many numbers wait."""
    ways = ContactPoint.objects.in_school(school)
    if not ways.filter(created_at__lt=now).exists():
        return 0  # a school's first list: nobody had another number
    links = RosterLink.objects.filter(school=school, kind="contact", added_in=run)
    known = ContactPoint.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=now), guardian=OuterRef("guardian"), created_at__lt=now
    )
    fresh = ways.filter(Exists(known), pk__in=links.filter(adopted=False).values("object_id"), ended_at=None)
    waiting = 0
    for batch in in_batches(fresh.select_related("address").order_by("pk")):
        waiting += _batch(batch, run, school, now)
    return waiting


def _batch(batch: Sequence[ContactPoint], run: RosterImport, school: School, now: datetime) -> int:
    guardians = {point.guardian_id for point in batch if point.guardian_id is not None}
    careful = those_with_care(school.pk, guardians, on=school.local(now).date())
    gone = _taken_away(run, guardians)
    held = [point for point in batch if point.guardian_id in careful]
    changes = []
    for point in batch:
        if point.guardian_id is None:
            continue
        waits = point.guardian_id in careful
        changes.append(
            ContactChange(
                school=school,
                guardian_id=point.guardian_id,
                old=_replaced(point, gone),
                channel=point.address.channel,
                value=point.address.value,
                came_by=CameBy.ROSTER,
                asked_at=now,
                with_care=waits,
                point=point,
                done_at=None if waits else now,
            )
        )
    ContactChange.objects.bulk_create(changes)
    ContactPoint.objects.filter(pk__in=[point.pk for point in held]).update(on_trial=True)
    stays = [change.old_id for change in changes if change.with_care and change.old_id is not None]
    ContactPoint.objects.filter(pk__in=stays).update(ended_at=None)
    return len(held)


def _taken_away(run: RosterImport, guardians: set[int]) -> list[ContactPoint]:
    """Ways of these adults that the same list names no more."""
    ended = RosterChange.objects.filter(run=run, link__kind="contact").values("link__object_id")
    rows = ContactPoint.objects.filter(pk__in=ended, guardian__in=guardians, ended_at__isnull=False)
    return list(rows.select_related("address").order_by("rank", "pk"))


def _replaced(point: ContactPoint, gone: Sequence[ContactPoint]) -> ContactPoint | None:
    """The one of the same kind that went as this one came; with several, the one in the same place."""
    mine = [
        one
        for one in gone
        if one.guardian_id == point.guardian_id and one.address.channel == point.address.channel
    ]
    return next((one for one in mine if one.rank == point.rank), mine[0] if mine else None)
