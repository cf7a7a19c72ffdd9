"""Where each kind of record lives in our tables: its model, its fields, and how it is over without being erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models

from porchlight.families.models import (
    ContactPoint,
    Enrolment,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Restriction,
    Student,
)
from porchlight.schools.models import SchoolClass, StaffMember, StaffRole, Teaching, Term

ROLES = "roles"  # of staff: rows of their own, compared as one field


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of record in our tables."""

    kind: str
    model: type[Any]  # a TenantModel; each has fields of its own
    fields: Mapping[str, str] = field(default_factory=dict)  # told field → field of the model
    over: str = ""  # the field that says it is over: a moment, or the last day; "": it is never over
    defaults: Mapping[str, str] = field(default_factory=dict)  # of the model, as text, where not empty

    @property
    def ends_on_a_day(self) -> bool:
        """Whether `over` holds the last day rather than a moment."""
        return self.over == "until"


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


TARGETS = (
    Target("term", Term, _same("name", "starts_on", "ends_on")),
    Target("class", SchoolClass, _same("name", "year"), "closed_at"),
    Target("staff", StaffMember, _same("name", "email", ROLES), "left_at"),
    Target("student", Student, _same("name", "called"), "left_at"),
    Target(
        "guardian",
        Guardian,
        _same(
            *("name", "addressed_as", "speaks", "reads", "script", "access_needs"),
            *("may_ring", "ring_from", "ring_until", "timezone"),
        ),
        "left_at",
        {"may_ring": "anyone", "access_needs": "[]"},
    ),
    Target("home", Household, _same("label")),
    Target(
        "tie",
        Guardianship,
        _same("relation", "may_receive", "may_see_records", "may_collect"),
        "until",
        {"relation": "guardian", "may_receive": "1", "may_see_records": "1", "may_collect": "1"},
    ),
    Target("member", HouseholdMembership, {}, "until"),
    Target("contact", ContactPoint, _same("rank", "consented"), "ended_at", {"rank": "1", "consented": "0"}),
    Target("enrolment", Enrolment, _same("since", "until"), "until"),
    Target("teaching", Teaching, _same("is_lead", "since", "until"), "until", {"is_lead": "0"}),
    Target("restriction", Restriction, _same("since", "until")),
)
BY_KIND = {target.kind: target for target in TARGETS}


def as_text(value: Any) -> str:
    """A value of ours as a source would say it, so that the two can be compared."""
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case datetime() | date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def from_text(model: type[models.Model], name: str, text: str) -> Any:
    """What a source says as a value of a field of ours."""
    column = model._meta.get_field(name)
    match column:
        case models.BooleanField():
            return text == "1"
        case models.DateField() | models.TimeField() | models.DateTimeField():
            return column.to_python(text) if text else None
        case models.JSONField():
            return json.loads(text or "[]")
        case models.IntegerField():
            return int(text)
    return text


def current(instance: Any, name: str) -> str:
    """What a row says now in a field, as text."""
    if name == ROLES:
        return " ".join(sorted(role.role for role in instance.roles.all()))
    return as_text(getattr(instance, name))


def end(target: Target, now: datetime, today: date) -> datetime | date:
    """The mark that something is over from now on: `until` is the last day that still counts."""
    return today - timedelta(days=1) if target.ends_on_a_day else now


def set_roles(staff: StaffMember, wanted: str) -> None:
    """Make the roles of a staff member those named in a text, leaving rows that stay alone."""
    names = set(wanted.split())
    held = {role.role: role for role in staff.roles.all()}
    StaffRole.objects.filter(pk__in=[role.pk for name, role in held.items() if name not in names]).delete()
    StaffRole.objects.bulk_create(
        StaffRole(school_id=staff.school_id, staff=staff, role=name) for name in sorted(names - set(held))
    )
