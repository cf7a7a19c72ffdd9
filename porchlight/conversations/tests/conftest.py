"""Maple Street School for these tests: Ms Amal teaches 4A, Hamza is in it, his father reads Urdu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

import pytest
from django.conf import LazySettings

from porchlight.accounts.models import User
from porchlight.conversations.models import Thread
from porchlight.delivery.gateways import registry
from porchlight.delivery.models import Account
from porchlight.delivery.tests import cast
from porchlight.families.models import Enrolment
from porchlight.schools.actors import Actor, Role
from porchlight.schools.models import School, SchoolClass, StaffMember, Teaching
from porchlight.schools.tests.colleagues import colleague
from porchlight.schools.wall import school_context

NAMES = {"amal": "Ms Amal", "okafor": "Mrs Okafor", "reyes": "Ms Reyes"}


@pytest.fixture(autouse=True)
def _gateways(settings: LazySettings) -> Iterator[None]:
    settings.PORCHLIGHT_GATEWAYS = [
        f"porchlight.delivery.gateways.{name}" for name in ("whatsapp_cloud", "twilio_sms", "office_phone")
    ]
    registry.all_gateways.cache_clear()
    yield
    registry.all_gateways.cache_clear()


@dataclass
class Town:
    """A small school with people in it."""

    school: School
    phone: Account
    class_4a: SchoolClass
    amal: StaffMember
    okafor: StaffMember
    reyes: StaffMember
    yousaf: cast.Home

    def actor(self, staff: StaffMember) -> Actor:
        return staff.actor()

    @property
    def thread(self) -> Thread:
        return Thread.objects.get_or_create(
            school=self.school, guardian=self.yousaf.guardian, student=self.yousaf.student
        )[0]

    def home(self, number: int, **fields: object) -> cast.Home:
        """The n-th home, with its child in 4A."""
        home = cast.home(self.school, number, **fields)
        Enrolment.objects.create(school=self.school, student=home.student, school_class=self.class_4a)
        return home


def staff(school: School, name: str, *roles: Role, deputy: bool = False) -> StaffMember:
    """A colleague who can sign in."""
    user = User.objects.create_user(f"{name.split()[-1].lower()}@example.org", name=name)
    return colleague(school, name, *roles, is_deputy=deputy, user=user)


# Runs each test of a module twice, with its town on one database and on the other, there behind the wall.
on_both_databases = pytest.mark.parametrize(
    "town", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def town(request: pytest.FixtureRequest, db: None) -> Iterator[Town]:
    """The school; with its wall open where a test runs on both databases."""
    school = cast.maple_street()
    with school_context(school) if hasattr(request, "param") else nullcontext():
        yield small_school(school)


def small_school(school: School, names: Mapping[str, str] = NAMES) -> Town:
    """`names`: of its three colleagues; an address belongs to one person on the whole server."""
    class_4a = SchoolClass.objects.create(school=school, name="4A", year="4")
    amal = staff(school, names["amal"], Role.TEACHER)
    Teaching.objects.create(school=school, school_class=class_4a, staff=amal)
    made = Town(
        school=school,
        phone=cast.account(school),
        class_4a=class_4a,
        amal=amal,
        okafor=staff(school, names["okafor"], Role.OFFICE),
        reyes=staff(school, names["reyes"], Role.SAFEGUARDING),
        yousaf=cast.home(school, 1, speaks="ur", reads="ur"),
    )
    Enrolment.objects.create(school=school, student=made.yousaf.student, school_class=class_4a)
    return made
