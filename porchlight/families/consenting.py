"""Consent written down for many families at once, as given at enrolment. A home that said stop keeps its word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from porchlight.families.models import (
    AddressState,
    Consent,
    ConsentRound,
    ContactPoint,
    Enrolment,
    Guardianship,
    HouseholdMembership,
)
from porchlight.families.models.people import in_force
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.schools.signals import done

TAKEN_BACK = "written down for many; taken back"


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a round would be about: numbers of people, so that it can be looked at before it is written down."""

    points: Sequence[ContactPoint]  # those whose consent would be written down
    adults: int
    agreed_already: int
    said_stop: int  # adults of homes where somebody said stop or no: asked by a person, one by one
    without_address: int


def meant_by(school: School, classes: Collection[SchoolClass], *, on: date) -> Meant:
    """The adults of children in these classes (none: of the whole school), and how they stand."""
    adults = _adults(school, classes, on)
    points = list(
        ContactPoint.objects.in_school(school)
        .filter(ended_at=None, guardian__in=adults)
        .select_related("address")
        .order_by("guardian_id", "rank", "pk")
    )
    refusing = _homes_that_said_stop(school, adults, points, on) & adults
    agreed = {point.guardian_id for point in points if point.consented} - refusing
    new = [
        point
        for point in points
        if not point.consented
        and point.guardian_id not in refusing
        and point.address.state != AddressState.BAD
    ]
    return Meant(
        points=new,
        adults=len({point.guardian_id for point in new}),
        agreed_already=len(agreed - {point.guardian_id for point in new}),
        said_stop=len(refusing),
        without_address=len(adults - {point.guardian_id for point in points} - refusing),
    )


def _adults(school: School, classes: Collection[SchoolClass], on: date) -> set[int]:
    ties = Guardianship.objects.in_school(school).current(on=on).receiving(on=on)
    if classes:
        places = Enrolment.objects.in_school(school).filter(in_force(on), school_class__in=classes)
        ties = ties.filter(student__in=places.values("student"))
    return set(ties.values_list("guardian_id", flat=True))


def _homes_that_said_stop(
    school: School, adults: Collection[int], points: Sequence[ContactPoint], on: date
) -> set[int]:
    """Adults who said stop or no themselves, ever and anywhere, and whoever lives with one who did.

    What the office itself wrote down by mistake and took back was no family's word.
    """
    everybody = ContactPoint.objects.in_school(school).filter(guardian__isnull=False)
    last = Consent.objects.filter(contact_point=OuterRef("pk"), round=None).order_by("-at", "-pk")
    asked = everybody.annotate(last_word=Subquery(last.values("given")[:1]))
    themselves = set(
        asked.filter(Q(address__opted_out_at__isnull=False) | Q(last_word=False)).values_list(
            "guardian_id", flat=True
        )
    )
    living = HouseholdMembership.objects.in_school(school).filter(in_force(on), guardian__isnull=False)
    homes = living.filter(guardian__in=themselves).values("household")
    return themselves | set(living.filter(household__in=homes).values_list("guardian_id", flat=True))


@transaction.atomic
def write_down(
    *, school: School, classes: Collection[SchoolClass], given_on: date, source: str, by: Actor, now: datetime
) -> ConsentRound:
    """These families agreed, on that day, as `source` says. Only what nobody has refused is written down."""
    if by.post_id is None or not by.is_staff:
        raise PermissionDenied("Consent is written down by somebody.")
    meant = meant_by(school, classes, on=school.local(now).date())
    made = ConsentRound.objects.create(
        school=school,
        given_on=given_on,
        source=source,
        classes=sorted(row.name for row in classes),
        recorded_by_id=by.post_id,
        recorded_at=now,
    )
    ContactPoint.objects.filter(pk__in=[point.pk for point in meant.points]).update(consented=True)
    Consent.objects.bulk_create(_line(made, point, by, now, given=True) for point in meant.points)
    done.send(
        ConsentRound,
        verb="consent.written_down",
        about=made,
        by=by,
        facts={"points": len(meant.points), "adults": meant.adults},
    )
    return made


@transaction.atomic
def take_back(made: ConsentRound, *, by: Actor, now: datetime) -> int:
    """The round was a mistake. Whoever has said yes or no themselves since keeps their own word.

    Returns how many ways to homes are closed again; a second time, none.
    """
    made = ConsentRound.objects.select_for_update().get(pk=made.pk)
    if made.undone_at is not None:
        return 0
    made.undone_at, made.undone_by_id = now, by.post_id
    made.save(update_fields=["undone_at", "undone_by"])
    last = Consent.objects.filter(contact_point=OuterRef("pk")).order_by("-at", "-pk")
    points = ContactPoint.objects.in_school(made.school_id).annotate(
        last_round=Subquery(last.values("round")[:1])
    )
    theirs = list(points.filter(last_round=made.pk, consented=True))
    ContactPoint.objects.filter(pk__in=[point.pk for point in theirs]).update(consented=False)
    Consent.objects.bulk_create(_line(made, point, by, now, given=False) for point in theirs)
    done.send(ConsentRound, verb="consent.taken_back", about=made, by=by, facts={"points": len(theirs)})
    return len(theirs)


def _line(made: ConsentRound, point: ContactPoint, by: Actor, now: datetime, *, given: bool) -> Consent:
    return Consent(
        school_id=made.school_id,
        contact_point=point,
        given=given,
        source="given at enrolment" if given else TAKEN_BACK,
        wording=made.source if given else "",
        recorded_by_id=by.post_id,
        round=made,
        at=now,
    )
