"""Schools, their calendar, classes and staff; and the base of every row that belongs to a school."""

from porchlight.schools.models.calendar import Closure, Term
from porchlight.schools.models.grants import OperatorGrant
from porchlight.schools.models.keys import SchoolKey
from porchlight.schools.models.live import LiveVersion
from porchlight.schools.models.reading import Away, ReadingHours
from porchlight.schools.models.school import RESERVED_SLUGS, School, known_zone, not_reserved
from porchlight.schools.models.secrets import (
    AccountElsewhere,
    CompanyAccount,
    CompanyAccountQuerySet,
    held_with_reason,
)
from porchlight.schools.models.sight import AtWorkQuerySet, ForRolesQuerySet, SeenWithQuerySet
from porchlight.schools.models.staff import SchoolClass, StaffMember, StaffRole, Teaching
from porchlight.schools.models.tenants import KeyedModel, TenantModel, TenantQuerySet

__all__ = [
    "RESERVED_SLUGS",
    "AccountElsewhere",
    "AtWorkQuerySet",
    "Away",
    "Closure",
    "CompanyAccount",
    "CompanyAccountQuerySet",
    "ForRolesQuerySet",
    "KeyedModel",
    "LiveVersion",
    "OperatorGrant",
    "ReadingHours",
    "School",
    "SchoolClass",
    "SchoolKey",
    "SeenWithQuerySet",
    "StaffMember",
    "StaffRole",
    "Teaching",
    "TenantModel",
    "TenantQuerySet",
    "Term",
    "held_with_reason",
    "known_zone",
    "not_reserved",
]
