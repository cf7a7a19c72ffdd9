"""The office confirms the new year's classes in one sitting: suggested, changeable, taken back; nothing else moves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.families.models import Enrolment, Guardian, Guardianship, Student
from porchlight.rosters.models import NewYear
from porchlight.rosters.new_year.actions import ConfirmedSince, begin
from porchlight.rosters.new_year.suggesting import LEAVES, NEW, STAYS, groups, next_name
from porchlight.rosters.tests.handing import member
from porchlight.schools.actors import system
from porchlight.schools.models import School, SchoolClass, StaffMember, Teaching
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db
PAGE = "/maple-street/rosters/new-year/"


@pytest.fixture
def year(maple: School) -> School:
    """3A and 4A, a choir; each child with a father, and 4A's Omar with a sister in 3A."""
    father = {
        name: Guardian.objects.create(school=maple, name=name) for name in ("Mr Khan", "Mr Gul", "Mr Shah")
    }
    amal = StaffMember.objects.create(school=maple, name="Ms Amal")
    for group, children in {
        "3A": {"Ali Khan": "Mr Khan", "Zara Shah": "Mr Shah"},
        "4A": {"Noor Gul": "Mr Gul", "Omar Shah": "Mr Shah"},
        "Choir": {},
    }.items():
        made = SchoolClass.objects.create(school=maple, name=group)
        Teaching.objects.create(school=maple, school_class=made, staff=amal)
        for name, adult in children.items():
            student = Student.objects.create(school=maple, name=name)
            Enrolment.objects.create(school=maple, student=student, school_class=made)
            Guardianship.objects.create(school=maple, guardian=father[adult], student=student)
    choir = SchoolClass.objects.get(name="Choir")
    Enrolment.objects.create(school=maple, student=Student.objects.get(name="Ali Khan"), school_class=choir)
    return maple


def said(**choices: str) -> dict[str, str]:
    """What the form sends: class name → choice; a class's own name means its key."""
    keys = dict(SchoolClass.objects.current().values_list("name", "key"))
    return {f"class-{keys[name]}": keys.get(choice, choice) for name, choice in choices.items()}


def places() -> dict[str, list[str]]:
    return {student.name: student.class_names() for student in Student.objects.on_roll().order_by("name")}


BEFORE = {"Ali Khan": ["3A", "Choir"], "Noor Gul": ["4A"], "Omar Shah": ["4A"], "Zara Shah": ["3A"]}


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("4A", "5A"),
        ("Class 9 – blue", "Class 10 – blue"),
        ("Class IX", "Class X"),
        ("جماعت ۴", "جماعت 5"),
        ("Nursery", ""),
        ("XIII", ""),
        ("Mixed", ""),
    ],
)
def test_the_next_class_is_the_next_number_in_its_name(name: str, following: str) -> None:
    assert next_name(name) == following


def test_everything_is_suggested_with_its_reason(office: Client, year: School) -> None:
    found = {
        group.school_class.name: (group.choice, group.why)
        for group in groups(year, on=year.local(school_time.now()).date())
    }
    four = SchoolClass.objects.get(name="4A")
    assert found == {"3A": (four.key, "next"), "4A": (LEAVES, "highest"), "Choir": ("", "no_number")}
    page = office.get(PAGE).content.decode()
    assert "The next number, and the class is here." in page
    assert "No class has a higher number, so they seem to leave." in page


def test_one_confirmation_moves_everybody_and_one_takes_it_back(office: Client, year: School) -> None:
    teaching = list(Teaching.objects.values_list("pk", "until"))
    answer = office.post(PAGE, said(**{"3A": "4A", "4A": LEAVES, "Choir": STAYS}))
    assert answer.status_code == 302
    assert places() == {"Ali Khan": ["Choir", "4A"], "Zara Shah": ["4A"]}
    assert list(Teaching.objects.values_list("pk", "until")) == teaching
    gone = Guardian.objects.exclude(left_at=None).values_list("name", flat=True)
    assert list(gone) == ["Mr Gul"]  # Mr Shah still has Zara here
    undo = f"{PAGE}{NewYear.objects.get().key}/undoing/"
    assert undo in office.get(PAGE).content.decode()
    office.post(undo)
    assert {name: sorted(classes) for name, classes in places().items()} == BEFORE
    assert not Guardian.objects.exclude(left_at=None).exists()
    assert office.post(undo).status_code == 404


def test_a_class_that_is_not_here_is_made_and_single_children_go_their_own_way(
    office: Client, year: School
) -> None:
    four = SchoolClass.objects.get(name="4A")
    noor = Student.objects.get(name="Noor Gul")
    form = said(**{"3A": "4A", "4A": NEW, "Choir": STAYS})
    form |= {f"new-{four.key}": "5A", f"child-{noor.key}": STAYS}
    office.post(PAGE, form)
    assert places() == {
        "Ali Khan": ["Choir", "4A"],
        "Noor Gul": ["4A"],
        "Omar Shah": ["5A"],
        "Zara Shah": ["4A"],
    }
    office.post(f"{PAGE}{NewYear.objects.get().key}/undoing/")
    assert {name: sorted(classes) for name, classes in places().items()} == BEFORE
    assert not SchoolClass.objects.current().filter(name="5A").exists()


def test_what_is_left_open_is_asked_for_and_nothing_said_is_lost(office: Client, year: School) -> None:
    noor = Student.objects.get(name="Noor Gul")
    answer = office.post(PAGE, said(**{"3A": "4A", "4A": NEW, "Choir": ""}) | {f"child-{noor.key}": LEAVES})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("Please choose one.") == 2  # 4A has no new name, Choir no choice
    assert (
        'value="leaves" selected' in page.partition(f'name="child-{noor.key}"')[2].partition("</select>")[0]
    )
    assert {name: sorted(classes) for name, classes in places().items()} == BEFORE


def test_nobody_moves_twice_by_accident(office: Client, year: School) -> None:
    office.post(PAGE, said(**{"3A": "4A", "4A": LEAVES, "Choir": STAYS}))
    found = groups(year, on=year.local(school_time.now()).date(), confirmed_lately=True)
    assert {group.choice for group in found} == {STAYS}
    assert "The new year was confirmed lately." in office.get(PAGE).content.decode()
    NewYear.objects.update(confirmed_at=school_time.now() - timedelta(days=300))
    assert "The new year was confirmed lately." not in office.get(PAGE).content.decode()


def test_pressed_twice_everybody_moves_once(office: Client, year: School) -> None:
    form = said(**{"3A": "4A", "4A": NEW, "Choir": STAYS})
    form[f"new-{SchoolClass.objects.get(name='4A').key}"] = "5A"
    office.post(PAGE, form)
    once = places()
    answer = office.post(PAGE, form, follow=True).content.decode()
    assert "Nobody was moved twice." in answer
    assert places() == once
    year_after = NewYear.objects.get()
    with pytest.raises(ConfirmedSince):
        begin(school=year, moves=[], by=system(year.pk), now=school_time.now())
    answer = office.post(
        PAGE, said(**{"4A": STAYS, "5A": LEAVES, "Choir": STAYS}) | {"after": year_after.key}
    )
    assert answer.status_code == 302
    assert "Omar Shah" not in places()


def test_what_people_changed_since_stays_when_it_is_taken_back(office: Client, year: School) -> None:
    office.post(PAGE, said(**{"3A": "4A", "4A": LEAVES, "Choir": STAYS}))
    noor = Student.objects.get(name="Noor Gul")
    noor.left_at = school_time.now() - timedelta(days=1)  # she had left before, somebody found out
    noor.save()
    office.post(f"{PAGE}{NewYear.objects.get().key}/undoing/")
    assert "Noor Gul" not in places()
    assert places()["Omar Shah"] == ["4A"]


def test_other_schools_classes_are_no_choice(office: Client, year: School, client: Any) -> None:
    oak = School.objects.create(slug="oak-lane", name="Oak Lane")
    theirs = SchoolClass.objects.create(school=oak, name="4A")
    form = said(**{"4A": LEAVES, "Choir": STAYS})
    three = SchoolClass.objects.get(name="3A")
    answer = office.post(PAGE, form | {f"class-{three.key}": theirs.key})
    assert answer.status_code == 422
    teacher = browser_of(member(year, "teacher"))
    assert teacher.get(PAGE).status_code == 404


def test_it_can_be_taken_back_for_two_weeks_and_the_page_says_so(office: Client, year: School) -> None:
    office.post(PAGE, said(**{"3A": "4A", "4A": LEAVES, "Choir": STAYS}))
    begun, after = NewYear.objects.get(), places()
    undo = f"{PAGE}{begun.key}/undoing/"
    NewYear.objects.update(confirmed_at=begun.confirmed_at - timedelta(days=14) + timedelta(minutes=5))
    seen = office.get(PAGE).content.decode()
    assert (undo in seen, "It can be taken back until" in seen) == (True, True)
    NewYear.objects.update(confirmed_at=begun.confirmed_at - timedelta(days=14, minutes=5))
    seen = office.get(PAGE).content.decode()
    assert (undo in seen, "more than two weeks ago" in seen) == (False, True)
    assert "too long ago" in office.post(undo, follow=True).content.decode()
    assert places() == after != BEFORE
