"""A small round for these tests: two evenings, Ms Amal and Mr Boone, and as many families as a test asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.tests.cast import Home
from porchlight.families.models import Guardian, Guardianship, Student
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
from porchlight.meetings.tests.conftest import NOW
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember

THURSDAY, SATURDAY = date(2026, 10, 15), date(2026, 10, 17)
USUAL = ["in_person", "video", "phone"]


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
            modes=modes or USUAL,
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


def a_round(town: Town) -> ARound:
    """Thursday from four to six, Saturday from nine to eleven. Ms Amal is there on both, Mr Boone on Thursday."""
    made = Round.objects.create(
        school=town.school,
        name="Autumn conferences",
        answer_by=datetime(2026, 10, 12, 18, tzinfo=UTC),
        made_by=town.okafor,
        made_at=NOW,
        asked_at=NOW,
    )
    days = [
        RoundDay.objects.create(school=town.school, round=made, day=day, starts=starts, ends=ends)
        for day, starts, ends in ((THURSDAY, time(16), time(18)), (SATURDAY, time(9), time(11)))
    ]
    amal = RoundHost.objects.create(school=town.school, round=made, staff=town.amal, place="Room 4")
    found = ARound(town, made, days, amal, amal)
    found.boone = found.host("Mr Boone", place="Room 11", zone=1)
    found.there(amal, time(16), time(18))
    found.there(amal, time(9), time(11), day=1)
    found.there(found.boone, time(16), time(18))
    return found


def other_parent(town: Town, home: Home, number: int, name: str = "Mrs Yousaf", **fields: Any) -> Guardian:
    """Of the same child, at a home of her own, with a number of her own."""
    from porchlight.delivery.tests.cast import reach

    adult = Guardian.objects.create(school=town.school, name=name, addressed_as=name, **fields)
    Guardianship.objects.create(school=town.school, guardian=adult, student=home.student)
    reach(town.school, adult, f"+4477009{number:05d}")
    return adult
