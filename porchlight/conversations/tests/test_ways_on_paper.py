"""A postal address comes in by the same steps as a number; and a colleague writes down which way they like best."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import AddressState, ContactPoint, HowConfirmed

ELM = "12 Elm Street, Bradford, BD3 9XX"


@pytest.fixture(autouse=True)
def _tuesday() -> object:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def office(town: Town) -> Client:
    return browser_of(town.okafor)


def writes_down(office: Client, town: Town, value: str, how: str = HowConfirmed.IN_PERSON) -> str:
    there = f"/maple-street/ways/of/{town.yousaf.guardian.key}/"
    told = {"old": "", "channel": "paper", "value": value, "how": how, "words": "I know him from the gate"}
    return office.post(there, told, follow=True).content.decode()


def test_where_they_live_is_written_down_and_they_agree_by_that(town: Town, office: Client) -> None:
    ContactPoint.objects.update(ended_at=TUESDAY)
    writes_down(office, town, "12 Elm Street,  Bradford ,BD3 9XX")
    point = ContactPoint.objects.get(address__channel="paper")
    assert (point.address.value, point.consented, point.on_trial) == (ELM, True, False)


def test_what_no_postman_could_find_is_asked_for_again(town: Town, office: Client) -> None:
    assert "Nothing can be sent there." in writes_down(office, town, "+447700900001")
    assert not ContactPoint.objects.filter(address__channel="paper").exists()


def test_which_way_they_like_best_moves_the_others_down(town: Town, office: Client) -> None:
    writes_down(office, town, ELM)
    points = ContactPoint.objects.filter(guardian=town.yousaf.guardian).order_by("rank")
    assert [one.address.channel for one in points] == ["sms", "paper"]
    there = f"/maple-street/ways/points/{points[1].key}/first/"
    page = office.post(there, follow=True).content.decode()
    assert "What is not urgent goes there first." in page
    assert [(one.address.channel, one.rank) for one in points.all()] == [("paper", 1), ("sms", 2)]


def test_the_page_of_an_address_that_letters_came_back_from_says_so(town: Town, office: Client) -> None:
    writes_down(office, town, ELM)
    address = ContactPoint.objects.get(address__channel="paper").address
    address.state = AddressState.BAD
    address.save()
    page = office.get(f"/maple-street/addresses/{address.key}/").content.decode()
    for words in ("A letter came back from this address.", "Where they live, with commas between the lines"):
        assert words in page
