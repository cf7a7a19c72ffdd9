"""A worry always has somebody to go to, chosen by a leader, and what is missing is said aloud."""

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.conftest import staff as colleague
from porchlight.conversations.worrying import raise_worry
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember, StaffRole
from porchlight.welcome.safeguarding import guards
from porchlight.welcome.tests.conftest import BASE

PAGE = f"{BASE}/settings/safeguarding/"


@pytest.fixture
def bell(town: Town) -> Client:
    return browser_of(colleague(town.school, "Mr Bell", Role.LEADER))


def named(town: Town) -> list[tuple[str, bool]]:
    return [(one.staff.name, one.is_deputy) for one in guards(town.school)]


def test_a_leader_names_a_lead_and_a_deputy_and_others_lose_it(town: Town, bell: Client) -> None:
    data = {"lead": town.amal.key, "deputies": [town.okafor.key]}
    assert bell.post(PAGE, data).headers["Location"] == PAGE
    assert named(town) == [("Ms Amal", False), ("Mrs Okafor", True)]
    assert browser_of(town.reyes).get(f"{BASE}/worries/").status_code == 404
    assert browser_of(town.amal).get(f"{BASE}/worries/").status_code == 200
    bell.post(PAGE, {"lead": town.okafor.key, "deputies": [town.amal.key, town.okafor.key]})
    assert named(town) == [("Mrs Okafor", False), ("Ms Amal", True)]


@pytest.mark.parametrize("deputies", [[], ["the lead"]])
def test_a_lead_without_a_deputy_is_refused(town: Town, bell: Client, deputies: list[str]) -> None:
    chosen = [town.amal.key for _ in deputies]
    assert bell.post(PAGE, {"lead": town.amal.key, "deputies": chosen}).status_code == 422
    assert named(town) == [("Ms Reyes", False)]


def test_what_is_missing_is_said(town: Town, bell: Client) -> None:
    page = bell.get(PAGE).content.decode()
    assert "There is no deputy." in page
    assert "No number or mailbox for alerts" in page
    StaffRole.objects.filter(role="safeguarding").delete()
    assert "Nobody is the lead." in bell.get(PAGE).content.decode()
    assert "Nobody is named for safeguarding" in bell.get(f"{BASE}/desk/").content.decode()


def test_the_office_sees_it_and_leaves_the_choice_to_leaders(town: Town) -> None:
    office = browser_of(town.okafor)
    page = office.get(PAGE).content.decode()
    assert "Ms Reyes" in page
    assert "A leader of the school chooses" in page
    assert office.post(PAGE, {"lead": town.okafor.key, "deputies": [town.amal.key]}).status_code == 404
    assert named(town) == [("Ms Reyes", False)]


def test_colleagues_of_another_school_cannot_be_named(town: Town, bell: Client) -> None:
    other = colleague(cast.maple_street("oak-lane"), "Ms Oak", Role.TEACHER)
    assert bell.post(PAGE, {"lead": other.key, "deputies": [town.amal.key]}).status_code == 422


def test_an_alert_goes_to_the_mailbox_the_office_wrote_down(town: Town, settings) -> None:
    from porchlight.delivery.gateways import registry

    settings.PORCHLIGHT_GATEWAYS = [*settings.PORCHLIGHT_GATEWAYS, "porchlight.delivery.gateways.email"]
    registry.all_gateways.cache_clear()
    cast.account(town.school, "email", sender="office@example.org", settings={}, secrets={})
    StaffMember.objects.filter(pk=town.reyes.pk).update(email="Reyes@example.org")
    said = Message.objects.create(
        school=town.school, thread=town.thread, author="guardian", text="…", language="en", said_at=TUESDAY
    )
    raise_worry(said, by=town.amal.actor(), words="", now=TUESDAY)
    alert = Delivery.objects.get()
    assert alert.to == "reyes@example.org"
    assert "Hamza" not in str(alert.body)
