"""A season for these tests: 4A, a Thursday evening and a Saturday morning, asked on Tuesday, answered by Friday week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import time_machine

from porchlight.conversations.hearing import Outcome
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.hearing_kit import say
from porchlight.families.models import Address, Enrolment, Guardian, Guardianship, Household, Student
from porchlight.families.models.homes import HouseholdMembership
from porchlight.meetings.models import Party, PartyTime, Round, RoundHost, Wish
from porchlight.meetings.rounds.asking import ask_families, work
from porchlight.meetings.rounds.making import Facts, make_round
from porchlight.meetings.tests.conftest import NOW
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass, StaffMember, Teaching

LATER = date(2026, 11, 12)  # a Thursday
SATURDAY = date(2026, 11, 14)
ANSWER_BY = datetime(2026, 10, 30, 20, tzinfo=UTC)
DAYS = [(LATER, time(15, 30), time(19, 30)), (SATURDAY, time(9), time(12))]
BASE = "/maple-street"


def a_round(town: Town, *classes: SchoolClass, days: Sequence[tuple[date, time, time]] = DAYS) -> Round:
    facts = Facts("Autumn conferences", ANSWER_BY, days, list(classes) or [town.class_4a])
    return make_round(town.school, facts, by=town.okafor.actor(), now=NOW)


def teaches(
    town: Town, name: str, *, lead: bool = False, school_class: SchoolClass | None = None
) -> StaffMember:
    """One more colleague who teaches 4A, or another class."""
    person = staff(town.school, name, Role.TEACHER)
    Teaching.objects.create(
        school=town.school, school_class=school_class or town.class_4a, staff=person, is_lead=lead
    )
    return person


def ask(town: Town, round_: Round) -> Round:
    """The office presses, and a worker asks everybody."""
    ask_families(round_, by=town.okafor.actor(), now=NOW)
    with time_machine.travel(NOW, tick=False):
        work(town.school.pk, round_.pk)
    round_.refresh_from_db()
    return round_


def host_of(round_: Round, person: StaffMember) -> RoundHost:
    return RoundHost.objects.get(round=round_, staff=person)


def adult(town: Town, name: str, student: Student, number: int = 0, **fields: object) -> Guardian:
    """One more adult of a child; with a telephone where it has a number."""
    from porchlight.delivery.tests.cast import reach

    made = Guardian.objects.create(school=town.school, name=name, **fields)
    Guardianship.objects.create(school=town.school, guardian=made, student=student)
    if number:
        reach(town.school, made, f"+4477008{number:05d}")
    return made


def one_home(town: Town, *people: Guardian) -> Household:
    home = Household.objects.create(school=town.school, label="A home")
    for person in people:
        HouseholdMembership.objects.create(school=town.school, household=home, guardian=person)
    return home


def sibling(town: Town, name: str, school_class: SchoolClass, *adults: Guardian) -> Student:
    child = Student.objects.create(school=town.school, name=name)
    Enrolment.objects.create(school=town.school, student=child, school_class=school_class)
    for one in adults:
        Guardianship.objects.create(school=town.school, guardian=one, student=child)
    return child


def party_of(round_: Round, guardian: Guardian) -> Party:
    return Party.objects.get(round=round_, members__guardian=guardian)


def texts(
    town: Town, guardian: Guardian, words: str, *, minutes: int = 60, channel: str = "sms", choice: str = ""
) -> Outcome:
    """What they send from their telephone."""
    at = NOW + timedelta(minutes=minutes)
    address = Address.objects.get(contact_points__guardian=guardian)
    return say(town, words, at, address, channel=channel, choice=choice)


def times_of(party: Party) -> list[str]:
    """`Thu 15:30-17:00`"""
    rows = PartyTime.objects.filter(party=party).select_related("day").order_by("day__day", "starts")
    return [f"{one.day.day:%a} {one.starts:%H:%M}-{one.ends:%H:%M}" for one in rows]


def wished(party: Party) -> list[tuple[str, str, tuple[str, ...]]]:
    """Child, who asked, and whom for; those that stand."""
    rows = Wish.objects.filter(party=party, taken_back_at=None).order_by("student", "pk")
    return [
        (
            wish.student.short_name,
            wish.asked_by,
            tuple(one.host.staff.name for one in wish.hosts.select_related("host__staff").order_by("pk")),
        )
        for wish in rows.select_related("student")
    ]
