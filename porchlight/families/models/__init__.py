"""Students, guardians, homes, and how each may be reached."""

from porchlight.families.models.addresses import (
    Address,
    AddressState,
    Channel,
    Consent,
    ConsentRound,
    ContactPoint,
)
from porchlight.families.models.changes import CameBy, Caution, ContactChange, HowConfirmed
from porchlight.families.models.homes import Household, HouseholdMembership
from porchlight.families.models.people import Enrolment, Guardian, IslamicDay, MayRing, Student
from porchlight.families.models.ties import (
    Guardianship,
    Relation,
    Restriction,
    RestrictionScope,
    around_own_children,
    own_children,
    ties_at_home,
    users_at_home_with,
)

__all__ = [
    "Address",
    "AddressState",
    "CameBy",
    "Caution",
    "Channel",
    "Consent",
    "ConsentRound",
    "ContactChange",
    "ContactPoint",
    "Enrolment",
    "Guardian",
    "Guardianship",
    "Household",
    "HouseholdMembership",
    "HowConfirmed",
    "IslamicDay",
    "MayRing",
    "Relation",
    "Restriction",
    "RestrictionScope",
    "Student",
    "around_own_children",
    "own_children",
    "ties_at_home",
    "users_at_home_with",
]
