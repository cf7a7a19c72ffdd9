"""Staff see the children they teach, guardians their own, nobody a neighbour's number; a restriction closes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from porchlight.accounts.models import User
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
from porchlight.schools.actors import Actor, Kind, Role, posts_of, system
from porchlight.schools.models import School, SchoolClass, StaffMember, Teaching
from porchlight.schools.tests.colleagues import colleague

TODAY = date.today()


@dataclass
class Street:
    school: School
    amal: Actor
    office: Actor
    safeguarding: Actor
    hamza: Student
    ella: Student
    father: Guardian
    mother: Guardian
    neighbour: Guardian


@pytest.fixture
def street(db: None) -> Street:
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    class_4a, class_5b = (SchoolClass.objects.create(school=school, name=name) for name in ("4A", "5B"))
    amal = colleague(school, "Ms Amal", Role.TEACHER)
    Teaching.objects.create(school=school, school_class=class_4a, staff=amal)
    hamza, ella = (
        Student.objects.create(school=school, name=name) for name in ("Hamza Yousaf", "Ella Carter")
    )
    Enrolment.objects.create(school=school, student=hamza, school_class=class_4a)
    Enrolment.objects.create(school=school, student=ella, school_class=class_5b)
    adults = [
        Guardian.objects.create(school=school, addressed_as=name)
        for name in ("Mr Yousaf", "Hamza's mother", "Ms Carter")
    ]
    for number, (adult, child) in enumerate(zip(adults, (hamza, hamza, ella), strict=True)):
        Guardianship.objects.create(school=school, guardian=adult, student=child)
        address = Address.objects.create(school=school, channel="sms", value=f"+44770090010{number}")
        ContactPoint.objects.create(school=school, address=address, guardian=adult, consented=True)
        home = Household.objects.create(school=school, label=f"home {number}")
        HouseholdMembership.objects.create(school=school, household=home, guardian=adult)
    office = colleague(school, "Mrs Okafor", Role.OFFICE)
    reyes = colleague(school, "Ms Reyes", Role.SAFEGUARDING)
    return Street(school, amal.actor(), office.actor(), reyes.actor(), hamza, ella, *adults)


def names(rows) -> list[str]:
    return sorted(str(row) for row in rows)


def test_a_teacher_sees_the_children_they_teach_and_their_adults(street: Street) -> None:
    assert names(Student.objects.visible_to(street.amal)) == ["Hamza"]
    assert names(Guardian.objects.visible_to(street.amal)) == ["Hamza's mother", "Mr Yousaf"]
    assert names(Household.objects.visible_to(street.amal)) == ["home 0", "home 1"]


def test_teaching_that_has_ended_shows_nobody(street: Street) -> None:
    Teaching.objects.update(until=TODAY - timedelta(days=1))
    assert not Student.objects.visible_to(street.amal).exists()
    assert not Guardian.objects.visible_to(street.amal).exists()


def test_a_child_who_changed_class_is_no_longer_seen(street: Street) -> None:
    Enrolment.objects.filter(student=street.hamza).update(until=TODAY - timedelta(days=1))
    assert not Student.objects.visible_to(street.amal).exists()


def test_the_office_sees_everybody_and_their_numbers(street: Street) -> None:
    assert names(Student.objects.visible_to(street.office)) == ["Ella", "Hamza"]
    assert Address.objects.visible_to(street.office).count() == 3
    assert ContactPoint.objects.visible_to(street.office).count() == 3


def test_a_teacher_never_sees_a_number(street: Street) -> None:
    assert not Address.objects.visible_to(street.amal).exists()
    assert not ContactPoint.objects.visible_to(street.amal).exists()


def test_separated_parents_see_themselves_alone(street: Street) -> None:
    father, mother = street.father.actor(), street.mother.actor()
    for one, home, number in ((father, "home 0", "+447700900100"), (mother, "home 1", "+447700900101")):
        assert names(Student.objects.visible_to(one)) == ["Hamza"]
        assert [row.pk for row in Guardian.objects.visible_to(one)] == [one.post_id]
        assert names(Household.objects.visible_to(one)) == [home]
        assert [row.value for row in Address.objects.visible_to(one)] == [number]
        assert [row.guardian_id for row in Guardianship.objects.visible_to(one)] == [one.post_id]


def test_a_restriction_on_contact_closes_the_child_to_that_adult_and_to_no_other(street: Street) -> None:
    tie = Guardianship.objects.get(guardian=street.father)
    Restriction.objects.create(school=street.school, guardianship=tie, scope="contact", evidence="order seen")
    assert not Student.objects.visible_to(street.father.actor()).exists()
    assert names(Student.objects.visible_to(street.mother.actor())) == ["Hamza"]


@pytest.mark.parametrize(
    ("fields", "is_closed"),
    [
        ({}, True),
        ({"since": TODAY + timedelta(days=1)}, False),
        ({"until": TODAY - timedelta(days=1)}, False),
        ({"until": TODAY}, True),
        ({"scope": "collect"}, False),
    ],
)
def test_a_restriction_holds_within_its_dates_and_scope(
    street: Street, fields: dict, is_closed: bool
) -> None:
    tie = Guardianship.objects.get(guardian=street.father)
    values = {"scope": "contact", "evidence": "order seen", **fields}
    Restriction.objects.create(school=street.school, guardianship=tie, **values)
    open_ties = Guardianship.objects.in_school(street.school).receiving(on=TODAY)
    assert (tie not in open_ties) is is_closed


def test_evidence_is_for_safeguarding_and_leaders_alone(street: Street) -> None:
    tie = Guardianship.objects.get(guardian=street.father)
    Restriction.objects.create(school=street.school, guardianship=tie, scope="contact", evidence="order seen")
    assert Restriction.objects.visible_to(street.safeguarding).count() == 1
    for other in (street.amal, street.office, street.mother.actor()):
        assert not Restriction.objects.visible_to(other).exists()


def test_another_school_sees_nothing_whoever_looks(street: Street) -> None:
    other = School.objects.create(slug="oak-lane", name="Oak Lane")
    for roles in ({Role.LEADER}, {Role.OFFICE}, {Role.SAFEGUARDING}):
        stranger = Actor(Kind.STAFF, other.pk, 1, frozenset(roles))
        assert not Student.objects.visible_to(stranger).exists()
        assert not Guardian.objects.visible_to(stranger).exists()
        assert not Address.objects.visible_to(stranger).exists()
    assert not Student.objects.visible_to(system(other.pk)).exists()


def test_a_teacher_with_a_child_at_her_school_holds_two_posts(street: Street) -> None:
    user = User.objects.create_user("amal@example.org")
    StaffMember.objects.filter(name="Ms Amal").update(user=user)
    Guardian.objects.filter(pk=street.neighbour.pk).update(user=user)
    posts = posts_of(user, street.school)
    assert [post.kind for post in posts] == [Kind.STAFF, Kind.GUARDIAN]
    assert names(Student.objects.visible_to(posts[0])) == ["Hamza"]
    assert names(Student.objects.visible_to(posts[1])) == ["Ella"]


def test_a_disabled_user_holds_no_post(street: Street) -> None:
    user = User.objects.create_user("amal@example.org", is_active=False)
    StaffMember.objects.filter(name="Ms Amal").update(user=user)
    assert posts_of(user, street.school) == []


def test_a_student_sees_herself(street: Street) -> None:
    user = User.objects.create_user(None, name="Hamza")
    Student.objects.filter(pk=street.hamza.pk).update(user=user)
    post = posts_of(user, street.school)[0]
    assert (post.kind, names(Student.objects.visible_to(post))) == (Kind.STUDENT, ["Hamza"])


@pytest.mark.parametrize(
    ("fields", "reading"),
    [
        ({"speaks": "ur", "reads": "ur"}, "ur"),
        ({"speaks": "ur", "reads": "ur", "script": "Latn"}, "ur-Latn"),
        ({"speaks": "ps", "reads": "ur"}, "ur"),
        ({"speaks": "ps", "reads": ""}, "ps"),
    ],
)
def test_what_someone_reads_is_not_what_they_speak(fields: dict[str, str], reading: str) -> None:
    assert Guardian(**fields).reading == reading


def test_the_words_of_who_sees_whom_are_kept_and_their_answer_is_not(street: Street) -> None:
    def seen() -> set[Student]:
        return {tie.student for tie in Guardianship.objects.visible_to(street.amal)}

    assert seen() == {street.hamza}
    Enrolment.objects.filter(student=street.hamza).update(until=TODAY - timedelta(days=1))
    assert seen() == set()
    assert Guardianship.objects.visible_to(street.office).count() == 3
