"""Who teaches a child, as far as a season asks: whom a family may ask for, and whom every child is asked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from porchlight.families.models import Enrolment, Guardianship
from porchlight.families.models.people import in_force
from porchlight.meetings.models import Round, RoundHost
from porchlight.schools.models import StaffMember, Teaching, TenantQuerySet


@dataclass(frozen=True, slots=True)
class OfChild:
    """The colleagues who teach one child in this season's classes, whoever leads the class first."""

    hosts: tuple[RoundHost, ...]

    @property
    def lead(self) -> RoundHost | None:
        """Whom every family of this child is asked to."""
        return self.hosts[0] if self.hosts else None


def teaching_in(round_: Round, *, on: date) -> list[Teaching]:
    """Who teaches this season's classes on a day."""
    rows = Teaching.objects.in_school(round_.school_id).filter(
        in_force(on), school_class__in=round_.classes.values("school_class"), staff__left_at=None
    )
    return list(rows.select_related("staff").order_by("-is_lead", "pk"))


def enrolled(round_: Round, *, on: date) -> TenantQuerySet[Enrolment]:
    """Children of this season's classes on a day, in the order in which they came into them."""
    rows = Enrolment.objects.in_school(round_.school_id).filter(
        in_force(on), school_class__in=round_.classes.values("school_class"), student__left_at=None
    )
    return rows.select_related("student").order_by("pk")


def hosts_of(round_: Round, *, on: date, students: Collection[int] | None = None) -> dict[int, OfChild]:
    """By child. Nobody sits at school across from themselves: who cares for a child at home is none of its hosts."""
    hosts = {
        one.staff_id: one
        for one in round_.hosts.filter(interprets=False).select_related("staff").order_by("pk")
    }
    by_class: dict[int, list[Teaching]] = defaultdict(list)
    for one in teaching_in(round_, on=on):
        by_class[one.school_class_id].append(one)
    taught: dict[int, list[tuple[bool, StaffMember]]] = defaultdict(list)
    for place in enrolled(round_, on=on):
        if students is None or place.student_id in students:
            taught[place.student_id] += [(one.is_lead, one.staff) for one in by_class[place.school_class_id]]
    caring = at_home(round_, taught)
    found = {}
    for student, pairs in taught.items():
        leads_first = sorted(pairs, key=lambda pair: not pair[0])
        staff = dict.fromkeys(one for _is_lead, one in leads_first if one.user_id not in caring[student])
        found[student] = OfChild(tuple(hosts[one.pk] for one in staff if one.pk in hosts))
    return found


def at_home(round_: Round, students: Collection[int]) -> dict[int, set[int | None]]:
    """Users who care for each child."""
    found: dict[int, set[int | None]] = defaultdict(set)
    rows = Guardianship.objects.in_school(round_.school_id).filter(
        student__in=list(students), guardian__user__isnull=False
    )
    for student, user in rows.values_list("student_id", "guardian__user_id"):
        found[student].add(user)
    return found
