"""From the first list to the first hello: one page, one press, nothing sent before it."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ConsentRound, ContactPoint
from porchlight.home.first_steps import begin
from porchlight.rosters.beginning import page_after
from porchlight.rosters.models import RosterImport
from porchlight.welcome.models import HelloWeek

AT = "/maple-street/first-steps/"
FILLED = {
    "given_on": "2026-09-01",
    "source": "Enrolment form 2026",
    "ways": ["tap_sms", "slips"],
    "a_day": "3",
}


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def office(town: Town) -> Client:
    return browser_of(town.okafor)


@pytest.fixture
def unasked(town: Town) -> None:
    """Nobody has written down that Mr Yousaf agreed."""
    ContactPoint.objects.update(consented=False)


def hand_ways() -> set[str]:
    return set(Account.objects.open().by_hand().values_list("gateway", flat=True))


def test_one_press_writes_down_consent_opens_the_ways_and_begins_the_week(
    town: Town, office: Client, unasked: None
) -> None:
    page = office.get(AT).text
    assert "1 adult’s consent is not written down yet." in page
    answer = office.post(AT, FILLED | {"adults": "1"})
    assert answer.headers["Location"] == "/maple-street/hello/"
    made = ConsentRound.objects.get()
    assert (made.given_on, made.source, made.recorded_by) == (
        date(2026, 9, 1),
        "Enrolment form 2026",
        town.okafor,
    )
    assert ContactPoint.objects.get(guardian=town.yousaf.guardian).consented
    assert hand_ways() == {"tap_sms", "slips"}
    assert HelloWeek.objects.get().a_day == 3
    assert not Delivery.objects.exists()


def test_where_everybody_agreed_nothing_is_asked_about_it(town: Town, office: Client) -> None:
    assert "When did they agree?" not in office.get(AT).text
    office.post(AT, {"ways": [], "a_day": "6", "adults": "0"})
    assert not ConsentRound.objects.exists()
    assert hand_ways() == set()
    assert HelloWeek.objects.exists()


def test_what_is_missing_is_said_and_what_was_written_stays(
    town: Town, office: Client, unasked: None
) -> None:
    answer = office.post(AT, FILLED | {"adults": "1", "given_on": ""})
    assert answer.status_code == 422
    assert "Write the day on which they agreed" in answer.text
    assert "Enrolment form 2026" in answer.text
    assert not HelloWeek.objects.exists()


def test_numbers_that_changed_since_are_looked_at_again(town: Town, office: Client, unasked: None) -> None:
    town.home(2)
    ContactPoint.objects.update(consented=False)
    answer = office.post(AT, FILLED | {"adults": "1"})
    assert "Somebody came or went meanwhile." in answer.text
    assert not ConsentRound.objects.exists()
    assert not HelloWeek.objects.exists()


def test_begun_already_it_leads_to_the_hellos_and_the_desk_speaks_of_it_no_more(
    town: Town, office: Client
) -> None:
    assert "Begin with the first hello" in office.get("/maple-street/desk/").text
    begin(school=town.school, agreed=None, ways=(), a_day=3, by=town.okafor.actor(), now=TUESDAY)
    assert office.get(AT).headers["Location"] == "/maple-street/hello/"
    assert "Begin with the first hello" not in office.get("/maple-street/desk/").text


def test_a_teacher_has_no_such_page(town: Town) -> None:
    client = browser_of(town.amal)
    assert client.get(AT).status_code in {403, 404}
    assert "Begin with the first hello" not in client.get("/maple-street/desk/").text


def test_only_the_first_roster_leads_on(town: Town) -> None:
    actor = town.okafor.actor()
    made = {"school": town.school, "file_name": "a.csv", "source": "sheet"}
    first = RosterImport.objects.create(**made, applied_at=TUESDAY)
    assert page_after(first, actor) == "home:first_steps"
    second = RosterImport.objects.create(**made, applied_at=TUESDAY)
    assert page_after(second, actor) == ""
    assert page_after(first, town.amal.actor()) == ""
