"""Who is in a full school, and what ties them: one of every kind of actor there is, each with a browser's cookie."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from porchlight.accounts.models import User
from porchlight.conversations.models import Thread
from porchlight.families.models import (
    Address,
    ContactPoint,
    Enrolment,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Restriction,
    Student,
)
from porchlight.schools.actors import Role
from porchlight.schools.models import School, SchoolClass, StaffMember, StaffRole, Teaching, TenantModel
from porchlight.schools.tiers import Tier

NOW = datetime(2026, 10, 13, 14, 10, tzinfo=UTC)  # a Tuesday, 15:10 in London
BACKEND = "django.contrib.auth.backends.ModelBackend"
STAFF = {
    "teacher": Role.TEACHER,
    "teacher next door": Role.TEACHER,
    "office": Role.OFFICE,
    "leader": Role.LEADER,
    "safeguarding lead": Role.SAFEGUARDING,
    "safeguarding deputy": Role.SAFEGUARDING,
    "counsellor": Role.COUNSELLOR,
    "liaison": Role.LIAISON,
    "interpreter": Role.INTERPRETER,
    "leader who left": Role.LEADER,
}
# Adults: who, whose parent, and what is restricted. The father and the grandmother live together, the mother elsewhere.
ADULTS = {
    "father": ("child", ()),
    "grandmother": ("child", ()),
    "restricted mother": ("child", ("contact", "records")),
    "mother apart": ("child", ()),
    "other family": ("other child", ()),
}


@dataclass
class FullSchool:
    """One school, its mark, its people, and one row of each table to be found by."""

    school: School
    mark: str
    number: int
    rows: dict[type[TenantModel], TenantModel] = field(default_factory=dict)
    staff: dict[str, StaffMember] = field(default_factory=dict)
    adults: dict[str, Guardian] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def text(self, tier: Tier, where: str) -> str:
        """Words that say whose they are, how far they may travel and where they stand."""
        return f"{self.mark}-{tier.name}-{where}"

    @property
    def users(self) -> dict[str, User]:
        """Who can sign in."""
        posts = {**self.staff, **self.adults, **self.students}
        return {who: post.user for who, post in posts.items() if post.user is not None}


def people(slug: str, mark: str, number: int) -> FullSchool:
    """A school with its people, in its own context."""
    from porchlight.schools.wall import school_context

    school = School.objects.create(
        slug=slug,
        name=f"{mark}-school",
        timezone="Europe/London",
        phone=f"01632 96{number:04d}",
        emergency_numbers="999",
        out_of_hours_words=f"{mark}-L0-school-out-of-hours",
    )
    full = FullSchool(school, mark, number)
    with school_context(school):
        _colleagues(full)
        _families(full)
    return full


def _colleagues(full: FullSchool) -> None:
    own = full.rows[SchoolClass] = SchoolClass.objects.create(
        school=full.school, name=f"{full.mark}-4A", year="4"
    )
    door = SchoolClass.objects.create(school=full.school, name=f"{full.mark}-5B", year="5")
    for who, role in STAFF.items():
        name = full.text(Tier.L0, who.replace(" ", "-"))
        mailbox = f"{full.mark}-{who.replace(' ', '-')}@example.org".lower()
        user = User.objects.create_user(mailbox, name=name)
        person = StaffMember.objects.create(school=full.school, user=user, name=name, email=mailbox)
        StaffRole.objects.create(school=full.school, staff=person, role=role, is_deputy="deputy" in who)
        full.staff[who] = person
    Teaching.objects.create(school=full.school, staff=full.staff["teacher"], school_class=own)
    Teaching.objects.create(school=full.school, staff=full.staff["teacher next door"], school_class=door)
    StaffMember.objects.filter(pk=full.staff["leader who left"].pk).update(left_at=NOW)
    full.rows[StaffMember] = StaffMember.objects.create(
        school=full.school, name=full.text(Tier.L0, "not-here-yet"), email=f"{full.mark}-new@example.org"
    )
    for child, group in (("child", own), ("other child", door)):
        name = full.text(Tier.L1, child.replace(" ", "-"))
        user = User.objects.create_user(name=name) if child == "child" else None
        student = Student.objects.create(school=full.school, name=name, called=name, user=user)
        Enrolment.objects.create(school=full.school, student=student, school_class=group)
        full.students[child] = student
    full.rows[Student] = full.students["child"]


def _families(full: FullSchool) -> None:
    home = full.rows[Household] = Household.objects.create(
        school=full.school, label=full.text(Tier.L1, "household")
    )
    for place, (who, (child, restricted)) in enumerate(ADULTS.items()):
        name = full.text(Tier.L1, who.replace(" ", "-"))
        user = User.objects.create_user(name=name) if who != "grandmother" else None
        adult = Guardian.objects.create(school=full.school, name=name, addressed_as=name, user=user)
        student = full.students[child]
        tie = Guardianship.objects.create(school=full.school, guardian=adult, student=student)
        for scope in restricted:
            full.rows[Restriction] = Restriction.objects.create(
                school=full.school, guardianship=tie, scope=scope, evidence=full.text(Tier.L3, "evidence")
            )
        address = Address.objects.create(
            school=full.school, channel="sms", value=f"+447700{900000 + full.number * 100 + place}"
        )
        point = ContactPoint.objects.create(
            school=full.school, address=address, guardian=adult, consented=True
        )
        thread = Thread.objects.create(school=full.school, guardian=adult, student=student)
        full.adults[who], full.threads[who] = adult, thread
        if who == "father":
            full.rows |= {Address: address, ContactPoint: point, Guardianship: tie}
            full.rows |= {Guardian: adult, Thread: thread}
    for one in ({"guardian": full.adults["father"]}, {"guardian": full.adults["grandmother"]}):
        HouseholdMembership.objects.create(school=full.school, household=home, **one)
    HouseholdMembership.objects.create(school=full.school, household=home, student=full.students["child"])


def cookie_of(user: User) -> str:
    """A session of theirs, as signing in makes it."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
    session.create()
    return str(session.session_key)
