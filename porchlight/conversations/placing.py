"""Whose words these are and about which child: from what we know, never from a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from porchlight.conversations.models import Message, Thread, TriageReason
from porchlight.delivery.models import Delivery
from porchlight.families.models import (
    Address,
    ContactPoint,
    Guardian,
    Guardianship,
    HouseholdMembership,
    Restriction,
    Student,
)
from porchlight.families.models.people import in_force
from porchlight.languages.absence import absence_in
from porchlight.languages.names import names_in
from porchlight.schools.models import School

STILL_TALKING = timedelta(hours=48)  # words that come back within this belong to what we last said


@dataclass(frozen=True, slots=True)
class Placed:
    """One thread, or the choices to ask about, or the reason a person must look."""

    ties: tuple[Guardianship, ...] = ()
    triage: TriageReason | None = None

    @property
    def is_clear(self) -> bool:
        return len(self.ties) == 1


def place(*, school: School, address: Address | None, text: str, in_reply_to: str, now: datetime) -> Placed:
    """Find the guardian and child that words from an address belong to."""
    if address is None:
        return Placed(triage=TriageReason.UNKNOWN_SENDER)
    guardians = guardians_at(address)
    if not guardians:
        return Placed(triage=TriageReason.UNKNOWN_SENDER)
    today = school.local(now).date()
    if len(guardians) > 1 and not share_one_home(school, guardians, now):
        return Placed(triage=TriageReason.SHARED_NUMBER)
    all_ties = Guardianship.objects.in_school(school).current(on=today).filter(guardian__in=guardians)
    ties = list(all_ties.receiving(on=today).select_related("guardian", "student").order_by("pk"))
    if not ties:
        known = all_ties.own().exists()
        return Placed(triage=TriageReason.NO_CONTACT if known else TriageReason.NOT_ABOUT_A_CHILD)
    return Placed(ties=narrow(ties, school=school, text=text, in_reply_to=in_reply_to, now=now))


def guardians_at(address: Address) -> list[Guardian]:
    """The adults who use this address, in the order of their contact points."""
    return guardians_by_address([address]).get(address.pk, [])


def guardians_by_address(addresses: Collection[Address]) -> dict[int, list[Guardian]]:
    """By address id, the same for many of them in one query."""
    points = ContactPoint.objects.known().filter(
        address__in=addresses, guardian__isnull=False, guardian__left_at=None
    )
    found: dict[int, list[Guardian]] = defaultdict(list)
    for point in points.select_related("guardian").order_by("rank", "pk"):
        if point.guardian is not None:
            found[point.address_id].append(point.guardian)
    return found


def share_one_home(school: School, guardians: Sequence[Guardian], now: datetime) -> bool:
    """Whether these adults live behind one door and no restriction stands between any of them and a child."""
    today = school.local(now).date()
    homes = [
        set(
            HouseholdMembership.objects.in_school(school)
            .filter(in_force(today), guardian=guardian)
            .values_list("household_id", flat=True)
        )
        for guardian in guardians
    ]
    restricted = Restriction.objects.in_force(on=today).filter(guardianship__guardian__in=guardians)
    return bool(set.intersection(*homes)) and not restricted.exists()


def narrow(
    ties: list[Guardianship], *, school: School, text: str, in_reply_to: str, now: datetime
) -> tuple[Guardianship, ...]:
    """From several children to one: by what is answered, by a name in the words, by what we last said.

    Who stays at home is never concluded from what we last spoke of.
    """
    ties = _one_adult_a_child(ties)
    if len(ties) == 1:
        return tuple(ties)
    names = [tie.student.short_name for tie in ties]
    answered = _students_answered(school, in_reply_to) if in_reply_to else set()
    said = names_in(text, names)
    named = {tie.student_id for tie in ties if tie.student.short_name in said}
    away = absence_in(text, names, ties[0].guardian.reading)
    if (
        away is not None and away.of_all
    ):  # one message about several: it stands with the first, the list has all
        return tuple(tie for tie in ties if tie.student_id in named or not named)[:1]
    lately = set() if away is not None else _students_spoken_of(school, ties, now)
    for students in (answered, named, lately):
        kept = [tie for tie in ties if tie.student_id in students]
        if len(kept) == 1:
            return tuple(kept)
    return tuple(ties)


def _one_adult_a_child(ties: list[Guardianship]) -> list[Guardianship]:
    """Two adults of one home on one phone: each child once, with the adult whose phone it is first."""
    first: dict[int, Guardianship] = {}
    for tie in ties:
        first.setdefault(tie.student_id, tie)
    return list(first.values())


def _students_answered(school: School, provider_id: str) -> set[int]:
    parcels = Delivery.objects.in_school(school).filter(provider_id=provider_id).values("parcel")
    return set(
        Message.objects.in_school(school)
        .filter(parcels__parcel__in=parcels)
        .values_list("thread__student_id", flat=True)
    )


def _students_spoken_of(school: School, ties: Sequence[Guardianship], now: datetime) -> set[int]:
    return set(
        Message.objects.in_school(school)
        .standing()
        .filter(
            thread__guardian__in={tie.guardian_id for tie in ties},
            said_at__gte=now - STILL_TALKING,
            said_at__lte=now,
        )
        .values_list("thread__student_id", flat=True)
    )


def thread_of(tie: Guardianship) -> Thread:
    """The thread of one guardian and one child, made when they first speak."""
    return thread_between(tie.guardian, tie.student)


def thread_between(guardian: Guardian, student: Student) -> Thread:
    """As `thread_of`, for two who are known to belong together."""
    thread, _ = Thread.objects.get_or_create(school_id=student.school_id, guardian=guardian, student=student)
    return thread
