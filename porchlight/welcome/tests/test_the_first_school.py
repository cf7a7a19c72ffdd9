"""An empty server: one link, once, makes the school and its first person; nobody else can."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from porchlight.accounts.models import User
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ContactPoint
from porchlight.schools.models import School, StaffMember
from porchlight.schools.wall import school_context
from porchlight.toolbox.places import countries, zones_of
from porchlight.welcome.invitations import UsedUp
from porchlight.welcome.safeguarding import guards
from porchlight.welcome.setting_up import fresh_link, set_up
from tests.plugins.postgres import Postgres

pytestmark = pytest.mark.django_db
SAID = {
    "school_name": "Govt Primary School Saidu",
    "country": "PK",
    "timezone": "",
    "language": "ur",
    "name": "Mr Gul",
    "email": "office@saidu.example.org",
    "password": "walnut river seven lanterns",
}


def link() -> str:
    return fresh_link(base_url="", now=TUESDAY)


def makes(client: Client, at: str, **said: str) -> Any:
    return client.post(at, SAID | said)


def test_whoever_has_the_link_makes_the_school_and_is_in(client: Client) -> None:
    at = link()
    assert client.get("/").headers["Location"] == "/set-up/"
    assert "a link that Porchlight printed" in client.get("/set-up/").content.decode()
    assert "Make the school" in client.get(at).content.decode()
    assert School.objects.count() == 0  # a look makes nothing
    answer = makes(client, at)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/govt-primary-school-saidu/")
    school = School.objects.get()
    assert (school.country, school.timezone, school.language) == ("PK", "Asia/Karachi", "ur")
    assert school.emergency == "15, 1122"  # of its country's law, before anybody has written any
    first = StaffMember.objects.get()
    assert {role.role for role in first.roles.all()} == {"office", "leader", "safeguarding"}
    assert [guard.staff for guard in guards(school)] == [first]
    assert ContactPoint.objects.get(staff=first).address.value == "office@saidu.example.org"
    home = client.get("/", follow=True)
    assert home.redirect_chain[-1][0] == "/govt-primary-school-saidu/rosters/sheets/"


def test_a_new_school_rests_as_long_as_its_countrys_law_asks(client: Client) -> None:
    makes(client, link(), country="US", timezone="America/New_York")
    school = School.objects.get()
    assert (school.quiet_from, school.quiet_until, school.emergency) == (time(20), time(8), "911")


def test_the_link_works_once_and_only_while_there_is_no_school(client: Client) -> None:
    at = link()
    makes(client, at)
    for again in (at, "/set-up/", "/set-up/" + "a" * 26 + "/"):
        assert Client().get(again).status_code == 404
        assert Client().post(again, SAID).status_code in {404, 405}
    assert School.objects.count() == User.objects.count() == 1
    with pytest.raises(UsedUp):
        set_up(
            at.split("/")[2],
            school={"slug": "second", "name": "Second"},
            name="Somebody",
            email="somebody@example.org",
            password="walnut river seven lanterns",
            language="en",
            now=TUESDAY,
        )


def test_a_later_link_ends_the_earlier_and_a_day_ends_both(client: Client) -> None:
    first, second = link(), link()
    assert client.get(first).headers["Location"] == "/set-up/"
    assert client.get(second).status_code == 200
    late = fresh_link(base_url="", now=TUESDAY - timedelta(hours=25))
    assert client.get(late).headers["Location"] == "/set-up/"
    assert makes(client, late).headers["Location"] == "/set-up/"
    assert School.objects.count() == 0


def test_with_a_second_step_that_comes_next(client: Client, settings: LazySettings) -> None:
    settings.SECOND_STEP = True
    answer = makes(client, link())
    assert answer.headers["Location"] == "/accounts/2fa/totp/activate/"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get("/govt-primary-school-saidu/rosters/sheets/").status_code == 302


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"country": "US"}, "This country has several clocks. Choose yours."),
        ({"password": "saidu"}, "password"),
        ({"email": "office"}, "e-mail"),
        ({"country": ""}, "Country"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, said: dict[str, str], words: str
) -> None:
    at = link()
    answer = makes(client, at, **said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert 'value="Govt Primary School Saidu"' in page
    assert School.objects.count() == 0
    assert makes(client, at).status_code == 302  # and the link still works


def test_a_name_in_any_script_has_an_address(client: Client) -> None:
    makes(client, link(), school_name="گورنمنٹ پرائمری سکول سیدو")
    school = School.objects.get()
    assert school.name == "گورنمنٹ پرائمری سکول سیدو"
    assert school.slug.startswith("school-")


def test_a_name_that_is_ours_is_refused_beside_it(client: Client) -> None:
    answer = makes(client, link(), school_name="Accounts")
    assert answer.status_code == 422
    assert "is taken by Porchlight itself" in answer.content.decode()


def test_countries_know_their_clocks() -> None:
    assert zones_of("PK") == ["Asia/Karachi"]
    assert len(zones_of("US")) > 3
    assert dict(countries("ur"))["PK"] == "پاکستان"
    assert dict(countries("es"))["GB"] == "Reino Unido"


@pytest.mark.postgres
def test_behind_the_wall_as_well(postgres: Postgres) -> None:
    school, user = set_up(
        link().split("/")[2],
        school={"slug": "saidu", "name": "Saidu", "country": "PK", "timezone": "Asia/Karachi"},
        name="Mr Gul",
        email="office@saidu.example.org",
        password="walnut river seven lanterns",
        language="en",
        now=TUESDAY,
    )
    assert StaffMember.objects.count() == 0  # nobody sees in without the school's context
    with school_context(school):
        assert StaffMember.objects.get().user == user
