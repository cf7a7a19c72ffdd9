"""A round of meetings as a home meets it at its fullest: two children, five teachers, eight pieces of days."""

from __future__ import annotations

from datetime import time, timedelta

from django.http import HttpResponse

from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Enrolment, Guardianship, Student
from porchlight.meetings.models import Round
from porchlight.meetings.rounds.asking import ask_families, work
from porchlight.meetings.rounds.making import Facts, make_round
from porchlight.schools.models import StaffMember, Teaching
from tests.family_home import Home


def wishes(home: Home) -> HttpResponse:
    """The form, with everything there is to choose."""
    return home.father.get(f"/maple-street/rounds/{_round(home).key}/wishes/")


def week_with_a_round(home: Home) -> HttpResponse:
    """The family's week while they are asked."""
    _round(home)
    return home.father.get("/maple-street/week/")


def _round(home: Home) -> Round:
    town, school = home.town, home.town.school
    known = Round.objects.in_school(school).first()
    if known is not None:
        return known
    for name in ("Mr Firth", "Mrs Gale", "Ms Holt", "Mr Ives"):
        person = StaffMember.objects.create(school=school, name=name)
        Teaching.objects.create(school=school, school_class=town.class_4a, staff=person)
    father = town.yousaf.guardian
    if father.ties.count() < 2:
        sana = Student.objects.create(school=school, name="Sana Yousaf")
        Enrolment.objects.create(school=school, student=sana, school_class=town.class_4a)
        Guardianship.objects.create(school=school, student=sana, guardian=father)
    first = TUESDAY.date() + timedelta(days=30)
    days = [(first + timedelta(days=n), time(15, 30), time(19, 30)) for n in range(4)]
    facts = Facts("Autumn", TUESDAY + timedelta(days=14), days, [town.class_4a])
    made = make_round(school, facts, by=town.okafor.actor(), now=TUESDAY)
    ask_families(made, by=town.okafor.actor(), now=TUESDAY)
    work(school.pk, made.pk)
    return made
