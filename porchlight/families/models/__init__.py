"""Students, guardians, homes, and how each may be reached."""

from porchlight.families.models.addresses import (
    Address,
    AddressState,
    Channel,
    Consent,
    ConsentRound,
    ContactPoint,
)
from porchlight.families.models.homes import Household, HouseholdMembership
from porchlight.families.models.people import Enrolment, Guardian, MayRing, Student
from porchlight.families.models.ties import (
    Guardianship,
    Relation,
    Restriction,
    RestrictionScope,
    own_children,
)

__all__ = [
    "Address",
    "AddressState",
    "Channel",
    "Consent",
    "ConsentRound",
    "ContactPoint",
    "Enrolment",
    "Guardian",
    "Guardianship",
    "Household",
    "HouseholdMembership",
    "MayRing",
    "Relation",
    "Restriction",
    "RestrictionScope",
    "Student",
    "own_children",
]
