"""`/` leads everybody to their own school, and asks no more of the database where there are many schools."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.families.models import Guardian, Student
from porchlight.schools.models import School, StaffMember
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

ON_BOTH = pytest.mark.parametrize("on", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])


pytestmark = pytest.mark.django_db(transaction=True)


def school(slug: str) -> School:
    return School.objects.create(slug=slug, name=slug.replace("-", " ").title())


def somebody() -> User:
    return User.objects.create_user(f"{User.objects.count()}@example.org", language="en")


def post(model: type[StaffMember | Guardian | Student], school: School, user: User) -> None:
    with school_context(school):
        model.objects.create(school=school, user=user, name="A. Person")


@ON_BOTH
@pytest.mark.parametrize(
    ("model", "first_page"),
    [(StaffMember, "/oak-lane/desk/"), (Guardian, "/oak-lane/week/"), (Student, "/oak-lane/day/")],
)
def test_whoever_belongs_to_one_school_goes_there(on: str, model, first_page: str) -> None:
    for slug in ("maple-street", "oak-lane", "elm-road"):
        post(StaffMember, school(slug), somebody())
    user = somebody()
    post(model, School.objects.get(slug="oak-lane"), user)
    browser = browser_of(user)
    door = browser.get("/")
    assert (door.status_code, door.url) == (302, "/oak-lane/")
    assert browser.get(door.url).url == first_page


@ON_BOTH
def test_the_number_of_queries_does_not_grow_with_the_schools(on: str) -> None:
    user = somebody()
    post(Guardian, school("maple-street"), user)
    browser = browser_of(user)
    browser.get("/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/").url == "/maple-street/"
            return len(queries)

    few = asked()
    for number in range(60):
        post(StaffMember, school(f"school-{number}"), somebody())
    assert asked() == few


@ON_BOTH
def test_of_several_schools_one_is_chosen(on: str) -> None:
    user = somebody()
    post(Guardian, school("oak-lane"), user)
    post(StaffMember, school("maple-street"), user)
    post(StaffMember, school("elm-road"), somebody())
    page = browser_of(user).get("/").content.decode()
    assert [name in page for name in ("Maple Street", "Oak Lane", "Elm Road")] == [True, True, False]
    assert page.index('href="/maple-street/"') < page.index('href="/oak-lane/"')


def test_who_has_left_or_was_disabled_meets_the_door_of_strangers() -> None:
    left, disabled = somebody(), somebody()
    for user in (left, disabled):
        post(StaffMember, School.objects.first() or school("maple-street"), user)
    assert browser_of(left).get("/").status_code == 302
    StaffMember.objects.filter(user=left).update(left_at=school_time.now())
    browser = browser_of(disabled)
    assert browser.get("/").status_code == 302
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    for one in (browser_of(left), browser, Client()):
        assert "I work at the school" in one.get("/").content.decode()


def test_a_stranger_is_led_to_the_only_school_there_is_and_to_none_of_several() -> None:
    school("maple-street")
    assert 'href="/maple-street/sign-in/"' in Client().get("/").content.decode()
    school("oak-lane")
    page = Client().get("/").content.decode()
    assert "open the address your school gave you" in page
    assert "maple-street" not in page
