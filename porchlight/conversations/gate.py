"""At the gate, with a phone in the hand: whose number is still right? And whom to ring about one that fails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from porchlight.conversations.mending import confirm
from porchlight.delivery.addressing import NOT_THEIRS
from porchlight.delivery.asking_again import said_not_theirs
from porchlight.delivery.planning import may_not_use
from porchlight.delivery.talking.hours import can_be_rung
from porchlight.design.parts import Saying
from porchlight.families.models import (
    Address,
    AddressState,
    Channel,
    ContactPoint,
    Guardian,
    Guardianship,
    Student,
)
from porchlight.languages.phrases import saying
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import School, SchoolClass

STILL_FRESH = timedelta(days=42)  # asked so lately, nobody is asked again
MENDERS = (Role.OFFICE, Role.LEADER)  # see whole numbers, and mend them


@dataclass(frozen=True, slots=True)
class AtTheGate:
    """One way to reach one adult of the class."""

    point: ContactPoint
    guardian: Guardian
    children: Sequence[Student]
    end: str  # how the number or mailbox ends
    is_asked: bool
    in_doubt: bool
    may_be_asked: bool  # by this colleague, now


@dataclass(frozen=True, slots=True)
class Gate:
    """A class, first those nobody has asked lately."""

    rows: Sequence[AtTheGate]

    @property
    def asked(self) -> int:
        """How many are known to be right."""
        return sum(row.is_asked for row in self.rows)

    def row(self, key: str) -> AtTheGate | None:
        """The way with this key, where it may be asked about."""
        return next((row for row in self.rows if row.point.key == key and row.may_be_asked), None)


def gate_of(school: School, school_class: SchoolClass, *, actor: Actor, now: datetime) -> Gate:
    """Every number and mailbox of the adults who may hear of a child in this class. A constant number of queries."""
    today = school.local(now).date()
    students = Student.objects.visible_to(actor).on_roll().in_class(school_class, on=today)
    ties = Guardianship.objects.visible_to(actor).current(on=today).receiving(on=today)
    children: dict[int, list[Student]] = defaultdict(list)
    for tie in ties.filter(student__in=students).select_related("student").order_by("student__name", "pk"):
        children[tie.guardian_id].append(tie.student)
    points = _points(actor).filter(guardian__in=list(children))
    is_mender = actor.is_one_of(*MENDERS)
    rows = [
        _row(point, point.guardian, children[point.guardian.pk], now, is_mender=is_mender)
        for point in points
        if point.guardian
    ]
    return Gate(
        sorted(rows, key=lambda row: (row.is_asked, row.children[0].name, str(row.guardian), row.point.rank))
    )


@transaction.atomic
def still_right(gate: Gate, key: str, *, actor: Actor, now: datetime) -> Guardian | None:
    """They said so, to this colleague's face. None for a way that this gate does not ask about."""
    row = gate.row(key)
    if row is None:
        return None
    confirm(row.point.address, by=actor, now=now)
    return row.guardian


@transaction.atomic
def not_this_familys(gate: Gate, key: str, *, actor: Actor, now: datetime) -> Guardian | None:
    """They said that it is not theirs. None for a way that this gate does not ask about."""
    row = gate.row(key)
    if row is None:
        return None
    said_not_theirs(row.point.address, school=row.guardian.school, by=actor, now=now)
    return row.guardian


def _points(actor: Actor) -> QuerySet[ContactPoint]:
    """Ways in use that this colleague may ask about: never those of their own family, nor where others read along."""
    points = (
        ContactPoint.objects.asked_about_by(actor)
        .filter(guardian__isnull=False, guardian__left_at=None, address__opted_out_at=None)
        .exclude(address__channel=Channel.PUSH)
    )
    return points.select_related("address", "guardian").order_by("rank", "pk")


def _row(
    point: ContactPoint, guardian: Guardian, children: Sequence[Student], now: datetime, *, is_mender: bool
) -> AtTheGate:
    address = point.address
    good = address.state == AddressState.GOOD
    asked = good and address.confirmed_at is not None and now - address.confirmed_at < STILL_FRESH
    for_the_office = address.state == AddressState.BAD or address.state_reason == NOT_THEIRS
    may = not asked and (is_mender or not for_the_office)
    return AtTheGate(point, guardian, children, address.ending, asked, not good, may)


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Whom to ring about a number, on which other one, and what to say."""

    guardian: Guardian
    number: str
    words: Saying


def to_ask_about(address: Address, people: Sequence[ContactPoint], *, school: School) -> list[ToAsk]:
    """The adults who use it, each on a number of theirs that works; on this one itself where it is only in doubt."""
    guardians = {point.guardian_id: point.guardian for point in people if point.guardian is not None}
    others = ContactPoint.objects.in_school(school).known().filter(guardian__in=list(guardians))
    found: dict[int, ToAsk] = {}
    for point in others.select_related("address", "guardian").order_by("rank", "pk"):
        guardian = point.guardian
        may = point.address.value != address.value and can_be_rung(point) and may_not_use(point) is None
        if guardian is not None and may and guardian.may_be_rung:
            found.setdefault(guardian.pk, _ask(guardian, point.address.value, school))
    in_doubt = address.state == AddressState.NOTICE_ONLY and address.value.startswith("+")
    for guardian in guardians.values():
        if guardian is not None and in_doubt and guardian.may_be_rung:
            found.setdefault(guardian.pk, _ask(guardian, address.value, school))
    return list(found.values())


def _ask(guardian: Guardian, number: str, school: School) -> ToAsk:
    said = saying("ringing_number", guardian.spoken, of=school, school=school.name)
    return ToAsk(guardian, number, Saying(said.text, said.language))
