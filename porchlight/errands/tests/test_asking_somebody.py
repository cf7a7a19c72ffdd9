"""A task has a name, a time and one line that says what came of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from porchlight.accounts.models import User
from porchlight.activity.models import Entry
from porchlight.errands.actions import NobodyToAsk, ask_for, finish, named, somebody_for
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import Guardian, Guardianship, Student
from porchlight.schools.actors import Actor, Kind, Role, system
from porchlight.schools.models import School, StaffMember
from porchlight.schools.tests.colleagues import colleague

NOW = datetime(2026, 10, 6, 14, 10, tzinfo=UTC)


@pytest.fixture
def school(db: None) -> School:
    return School.objects.create(slug="maple-street", name="Maple Street School")


def ask(school: School, to: StaffMember, kind: str = ErrandKind.RING, about: str = "home:1") -> Errand:
    return ask_for(kind=kind, to=to, due_at=NOW, by=system(school.pk), about=about)


def test_the_lead_comes_before_the_deputy(school: School) -> None:
    colleague(school, "Mr Whitfield", Role.SAFEGUARDING, is_deputy=True)
    colleague(school, "Ms Reyes", Role.SAFEGUARDING)
    assert [person.name for person in named(school, Role.SAFEGUARDING)] == ["Ms Reyes", "Mr Whitfield"]


def test_who_left_is_not_asked(school: School) -> None:
    StaffMember.objects.filter(pk=colleague(school, "Ms Reyes", Role.SAFEGUARDING).pk).update(left_at=NOW)
    with pytest.raises(NobodyToAsk, match="maple-street"):
        somebody_for(school, Role.SAFEGUARDING)


def test_the_next_role_is_asked_when_the_first_has_nobody(school: School) -> None:
    colleague(school, "Mr Bell", Role.LEADER)
    assert somebody_for(school, Role.OFFICE, Role.LEADER).name == "Mr Bell"


def test_the_same_task_about_the_same_thing_stays_one_until_it_is_done(school: School) -> None:
    okafor = colleague(school, "Mrs Okafor", Role.OFFICE)
    first = ask(school, okafor)
    assert ask(school, okafor) == first
    finish(first, by=okafor.actor(), outcome="rang, will call back Friday", now=NOW)
    assert ask(school, okafor) != first
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
        "errand.asked",
        "errand.done",
        "errand.asked",
    ]


def test_open_and_overdue(school: School) -> None:
    errand = ask(school, colleague(school, "Mrs Okafor", Role.OFFICE))
    assert list(Errand.objects.overdue(now=NOW + timedelta(seconds=1))) == [errand]
    assert not Errand.objects.overdue(now=NOW).exists()


def test_worries_are_seen_by_those_asked_and_safeguarding_other_tasks_by_the_office_too(
    school: School,
) -> None:
    reyes = colleague(school, "Ms Reyes", Role.SAFEGUARDING)
    okafor = colleague(school, "Mrs Okafor", Role.OFFICE)
    bell = colleague(school, "Mr Bell", Role.LEADER)
    amal = colleague(school, "Ms Amal", Role.TEACHER)
    worry, call = ask(school, reyes, ErrandKind.LOOK_AT_WORRY, "worry:1"), ask(school, amal)

    def seen(staff: StaffMember) -> set[Errand]:
        return set(Errand.objects.visible_to(staff.actor()))

    assert seen(reyes) == {worry, call}
    assert seen(okafor) == seen(bell) == seen(amal) == {call}
    assert not Errand.objects.visible_to(Actor(Kind.GUARDIAN, school.pk, 1)).exists()


def test_nobody_is_asked_about_their_own_child_nor_sees_what_others_are_asked(school: School) -> None:
    child = Student.objects.create(school=school, name="Hamza")
    adults = [Guardian.objects.create(school=school, name=name) for name in ("Mr Yousaf", "Mrs Yousaf")]
    for adult in adults:
        Guardianship.objects.create(school=school, guardian=adult, student=child)
    user = User.objects.create_user("okafor@example.org")
    okafor = colleague(school, "Mrs Okafor", Role.OFFICE, Role.SAFEGUARDING, user=user)
    bell = colleague(school, "Mr Bell", Role.LEADER)
    assert somebody_for(school, Role.OFFICE, Role.LEADER, children=[child.pk]) == okafor
    for about, whose in {"student": child, "guardian": adults[0]}.items():
        ask_for(
            kind=ErrandKind.RING, to=okafor, due_at=NOW, by=system(school.pk), about=about, **{about: whose}
        )
    assert Errand.objects.visible_to(okafor.actor()).count() == 2
    Guardian.objects.filter(pk=adults[1].pk).update(user=user)
    assert somebody_for(school, Role.OFFICE, Role.LEADER, children=[child.pk]) == bell
    assert Errand.objects.visible_to(okafor.actor()).count() == 0
    assert Errand.objects.visible_to(bell.actor()).count() == 2
