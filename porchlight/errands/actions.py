"""Asking somebody to do something, and saying it was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from porchlight.activity.record import record
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import Guardian, Student, users_at_home_with
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import School, StaffMember


class NobodyToAsk(LookupError):
    """The school has named nobody with this role; `porchlight doctor` says so too."""


def named(school: School, role: Role) -> list[StaffMember]:
    """Who holds a role now: the lead first, then deputies."""
    return list(
        StaffMember.objects.in_school(school).working().with_role(role).order_by("roles__is_deputy", "pk")
    )


def somebody_for(
    school: School, *roles: Role, children: Iterable[int] | QuerySet[Any, Any] = ()
) -> StaffMember:
    """The first person named for any of these roles, in this order. Raises NobodyToAsk.

    Nobody who cares at home for one of the `children` whom it is about.
    """
    at_home = users_at_home_with(children)
    for role in roles:
        people = [person for person in named(school, role) if person.user_id not in at_home]
        if people:
            return people[0]
    raise NobodyToAsk(f"{school.slug}: nobody holds any of {', '.join(roles)}")


def who_mends(school: School) -> str:
    """Whom a home we cannot reach is given to, by name."""
    try:
        return somebody_for(school, Role.OFFICE, Role.LIAISON, Role.LEADER).name
    except NobodyToAsk:
        return _("the office")


@transaction.atomic
def ask_for(
    *,
    kind: ErrandKind,
    to: StaffMember,
    due_at: datetime,
    by: Actor,
    about: str = "",
    reason: str = "",
    guardian: Guardian | None = None,
    student: Student | None = None,
) -> Errand:
    """Give a named person a task; the same open task about the same thing stays one."""
    errand, is_new = Errand.objects.get_or_create(
        school_id=to.school_id,
        kind=kind,
        about=about,
        done_at=None,
        **({} if about else {"guardian": guardian, "student": student, "assigned_to": to}),
        defaults={
            "assigned_to": to,
            "due_at": due_at,
            "reason": reason,
            "guardian": guardian,
            "student": student,
        },
    )
    if is_new:
        record("errand.asked", about=errand, by=by, to=to.pk)
    return errand


@transaction.atomic
def finish(errand: Errand, *, by: Actor, outcome: str, now: datetime) -> Errand:
    """Say in one line what came of it."""
    errand.done_at, errand.outcome = now, outcome
    errand.done_by_id = by.post_id if by.is_staff else None  # a family may end it by its own word
    errand.save(update_fields=["done_at", "done_by", "outcome"])
    record("errand.done", about=errand, by=by)
    return errand
