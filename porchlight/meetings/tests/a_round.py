"""Rounds for these tests: a small one to plan, and one as the office makes it and families are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import time_machine

from porchlight.conversations.hearing import Outcome
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.hearing_kit import say
from porchlight.delivery.tests.cast import Home, reach
from porchlight.families.models import (
    Address,
    Enrolment,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Student,
)
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.models import (
    HostTime,
    Party,
    PartyMember,
    PartyTime,
    Planning,
    Round,
    RoundDay,
    RoundHost,
    Wish,
    WishedHost,
)
from porchlight.meetings.planned import searching, taking
from porchlight.meetings.rounds.asking import ask_families, work
from porchlight.meetings.rounds.hosts import USUAL
from porchlight.meetings.rounds.making import Facts, make_round
from porchlight.meetings.tests.conftest import NOW
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass, StaffMember, Teaching

THURSDAY, SATURDAY = date(2026, 10, 15), date(2026, 10, 17)
LATER, LATER_SATURDAY = date(2026, 11, 12), date(2026, 11, 14)  # a Thursday, and two days after it
ANSWER_BY = datetime(2026, 10, 30, 20, tzinfo=UTC)
DAYS = [(LATER, time(15, 30), time(19, 30)), (LATER_SATURDAY, time(9), time(12))]
BASE = "/maple-street"


@dataclass
class ARound:
    """The round, and short ways to fill it."""

    town: Town
    round: Round
    days: list[RoundDay]
    amal: RoundHost
    boone: RoundHost
    parties: list[Party] = field(default_factory=list)

    @property
    def office(self) -> StaffMember:
        return self.town.okafor

    def party(self, home: Home, *adults: Guardian, family: str = "", **fields: Any) -> Party:
        """The adult of a home; or these adults, who come together."""
        made = Party.objects.create(
            school=self.town.school, round=self.round, family=family or home.student.key, **fields
        )
        for one in adults or (home.guardian,):
            PartyMember.objects.create(school=self.town.school, round=self.round, party=made, guardian=one)
        self.parties.append(made)
        return made

    def wish(
        self, party: Party, student: Student, *hosts: RoundHost, asked_by: str = "round", **fields: Any
    ) -> Wish:
        """With Ms Amal, unless somebody else is named."""
        made = Wish.objects.create(
            school=self.town.school,
            round=self.round,
            party=party,
            student=student,
            asked_by=asked_by,
            **fields,
        )
        for host in hosts or (self.amal,):
            WishedHost.objects.create(school=self.town.school, wish=made, host=host)
        return made

    def can(self, party: Party, starts: time, ends: time, day: int = 0) -> None:
        """They can then."""
        PartyTime.objects.create(
            school=self.town.school, party=party, day=self.days[day], starts=starts, ends=ends
        )

    def there(self, host: RoundHost, starts: time, ends: time, day: int = 0, modes: Any = None) -> HostTime:
        """They are there then."""
        return HostTime.objects.create(
            school=self.town.school,
            host=host,
            day=self.days[day],
            starts=starts,
            ends=ends,
            modes=modes or list(USUAL),
        )

    def host(self, name: str, *languages: str, **fields: Any) -> RoundHost:
        """Another colleague; with languages, an interpreter."""
        person = staff(self.town.school, name, Role.TEACHER)
        for tag in languages:
            KnownLanguage.objects.create(school=self.town.school, staff=person, language=tag)
        return RoundHost.objects.create(
            school=self.town.school, round=self.round, staff=person, interprets=bool(languages), **fields
        )

    def plan(self, steps: int = 200) -> Planning:
        """Asked for and done."""
        made = searching.ask(self.round, by=self.office.actor(), now=NOW, steps=steps)
        searching.work(self.town.school.pk, made.pk)
        made.refresh_from_db()
        return made

    def planned(self, steps: int = 200) -> taking.Taken:
        """Planned and taken: it stands in the calendar, and families know nothing of it."""
        return taking.take(self.plan(steps), by=self.office.actor(), now=NOW)


def made_round(
    town: Town,
    *classes: SchoolClass,
    days: Sequence[tuple[date, time, time]] = DAYS,
    answer_by: datetime = ANSWER_BY,
) -> Round:
    """As the office makes one, of 4A unless other classes are named. Nobody is asked yet."""
    facts = Facts("Autumn conferences", answer_by, days, list(classes) or [town.class_4a])
    return make_round(town.school, facts, by=town.okafor.actor(), now=NOW)


def a_round(town: Town) -> ARound:
    """Thursday from four to six, Saturday from nine to eleven. Ms Amal is there on both, Mr Boone on Thursday."""
    made = made_round(
        town,
        days=[(THURSDAY, time(16), time(18)), (SATURDAY, time(9), time(11))],
        answer_by=datetime(2026, 10, 12, 18, tzinfo=UTC),
    )
    made.asked_at = NOW
    made.save(update_fields=["asked_at"])
    amal = host_of(made, town.amal)
    amal.place = "Room 4"
    amal.save(update_fields=["place"])
    found = ARound(town, made, list(made.days.order_by("day")), amal, amal)
    found.boone = found.host("Mr Boone", place="Room 11", zone=1)
    found.there(found.boone, time(16), time(18))
    return found


def other_parent(town: Town, home: Home, number: int, name: str = "Mrs Yousaf", **fields: Any) -> Guardian:
    """Of the same child, at a home of her own, with a number of her own."""
    return adult(town, name, home.student, number, addressed_as=name, **fields)


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
