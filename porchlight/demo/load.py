"""Fills an empty database with Maple Street School, through the same doors a school would use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from porchlight.conversations.models import Template
from porchlight.conversations.templating import new_template
from porchlight.demo.cast import CAST, LISTENERS, ROLES, SLUG, user_for
from porchlight.demo.gateways import open_accounts
from porchlight.demo.texts import TEXTS
from porchlight.languages.models import KnownLanguage
from porchlight.rosters.actions import take
from porchlight.schools.actors import Kind, Role, system
from porchlight.schools.models import Closure, School, StaffMember, StaffRole
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

DATA = Path(__file__).parent / "data"


def load(*, town_port: int, mail_port: int) -> School:
    """Maple Street School as it stands on the first day; a second call changes nothing."""
    school = School.objects.filter(slug=SLUG).first() or _school()
    by = system(school.pk)
    for path in (DATA / "oneroster", DATA / "families.csv"):
        take(path=path, school=school, by=by)
    with school_context(school):
        _roles(school)
        _listeners(school)
        _closures(school)
        open_accounts(school, town_port=town_port, mail_port=mail_port)
        for person in CAST:
            if person.kind is Kind.STAFF:
                user_for(person, school)
        _texts(school)
    return school


def _school() -> School:
    return School.objects.create(
        slug=SLUG,
        name="Maple Street School",
        timezone="Europe/London",
        country="GB",
        phone="01632 960000",
        emergency_numbers="999",
        opens_at="08:00",
        closes_at="17:00",
    )


def _roles(school: School) -> None:
    """What a roster does not know: who safeguards, who stands in, who keeps the office."""
    wanted = [(name, role, False) for name, roles in ROLES.items() for role in roles]
    wanted.append(("Mr Whitfield", Role.SAFEGUARDING, True))
    for name, role, is_deputy in wanted:
        staff = StaffMember.objects.in_school(school).filter(name=name).first()
        if staff is not None:
            StaffRole.objects.update_or_create(
                school=school, staff=staff, role=role, defaults={"is_deputy": is_deputy}
            )


def _listeners(school: School) -> None:
    """Who hears voice notes that the teachers do not understand."""
    for name, languages in LISTENERS.items():
        staff = StaffMember.objects.in_school(school).filter(name=name).first()
        for language in languages if staff is not None else ():
            KnownLanguage.objects.get_or_create(school=school, staff=staff, language=language)


def _closures(school: School) -> None:
    Closure.objects.get_or_create(
        school=school,
        name="Half-term",
        defaults={"starts_on": date(2026, 10, 26), "ends_on": date(2026, 10, 30)},
    )


def _texts(school: School) -> None:
    """The school's own texts, in the languages and scripts its people wrote them in."""
    office = StaffMember.objects.in_school(school).filter(name="Mrs Okafor").first()
    for name, (kind, versions) in TEXTS.items():
        if office is not None and not Template.objects.in_school(school).filter(name=name).exists():
            new_template(
                school=school,
                name=name,
                kind=kind,
                texts=versions,
                by=office.actor(),
                now=school_time.now(),
            )
