"""Schools, their calendar, classes and staff; and the base of every row that belongs to a school."""

from porchlight.schools.models.calendar import Closure, Term
from porchlight.schools.models.grants import OperatorGrant
from porchlight.schools.models.keys import SchoolKey
from porchlight.schools.models.live import LiveVersion
from porchlight.schools.models.reading import Away, ReadingHours
from porchlight.schools.models.school import RESERVED_SLUGS, School, known_zone, not_reserved
from porchlight.schools.models.secrets import AccountElsewhere
from porchlight.schools.models.staff import SchoolClass, StaffMember, StaffRole, Teaching
from porchlight.schools.models.tenants import KeyedModel, TenantModel, TenantQuerySet

__all__ = [
    "RESERVED_SLUGS",
    "AccountElsewhere",
    "Away",
    "Closure",
    "KeyedModel",
    "LiveVersion",
    "OperatorGrant",
    "ReadingHours",
    "School",
    "SchoolClass",
    "SchoolKey",
    "StaffMember",
    "StaffRole",
    "Teaching",
    "TenantModel",
    "TenantQuerySet",
    "Term",
    "known_zone",
    "not_reserved",
]
