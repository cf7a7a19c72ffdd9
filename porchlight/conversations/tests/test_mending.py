"""The office mends a number that fails: it is right after all, there is another, or it is nobody's."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.mending import confirm
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.troubles import to_mend
from porchlight.delivery.addressing import demote, mark_bad
from porchlight.delivery.content import Urgency
from porchlight.delivery.inbox import listeners
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.families.models import Address, Consent, ContactChange, ContactPoint
from porchlight.schools.actors import Role


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(cast.TUESDAY, tick=False):
        yield


def fail(town: Town) -> str:
    """Hamza's father's number is gone. Returns its page."""
    address = town.yousaf.address
    mark_bad(address, reason="unknown_number")
    listeners.tell_trouble(
        listeners.Trouble(town.school, "address_bad", "No such number.", town.phone, address)
    )
    return f"/maple-street/addresses/{address.key}/"


def goes_to(town: Town) -> str | None:
    """Where a message to Hamza's father would go."""
    [planned] = plan(
        school=town.school,
        recipients=[town.yousaf.recipient],
        content_for=lambda recipient: cast.words(),
        urgency=Urgency.ORDINARY,
        now=cast.TUESDAY,
    )
    return planned.address.value if planned.address is not None else None


def standing(town: Town) -> int:
    return to_mend(town.school, town.actor(town.okafor)).count


def test_the_office_opens_the_page_from_its_tray_and_reads_whose_it_is_and_what_to_do(town: Town) -> None:
    url, client = fail(town), browser_of(town.okafor)
    assert url in client.get("/maple-street/triage/").content.decode()
    page = client.get(url).content.decode()
    for words in ("Nothing gets to this number.", "Ask them kindly", "Mr Yousaf", "Hamza Yousaf"):
        assert words in page


def test_a_number_that_is_right_after_all_is_used_again(town: Town) -> None:
    url = fail(town)
    assert goes_to(town) is None
    browser_of(town.okafor).post(f"{url}confirmation/")
    assert (goes_to(town), standing(town)) == (town.yousaf.address.value, 0)
    assert Entry.objects.filter(verb="address.confirmed", actor_id=town.okafor.pk).count() == 1


def gives(town: Town, written: str, how: str = "in_person") -> ContactChange:
    """The office writes the new number down on the page of the old one, and then says how it knows."""
    office = browser_of(town.okafor)
    response = office.post(fail(town), {"value": written})
    change = ContactChange.objects.get()
    assert response.headers["Location"] == f"/maple-street/ways/{change.key}/"
    assert goes_to(town) is None  # written down alone, it changes nothing
    office.post(response.headers["Location"], {"how": how, "words": "his sister's teacher knows him"})
    return change


def test_a_new_number_takes_the_place_of_the_old_with_the_wish_they_had(town: Town) -> None:
    gives(town, "07700 900 777")
    assert (goes_to(town), standing(town)) == ("+447700900777", 0)
    point = ContactPoint.objects.get(guardian=town.yousaf.guardian, ended_at=None)
    ledger = Consent.objects.get(contact_point=point)
    assert (ledger.given, ledger.source, ledger.recorded_by_id) == (
        True,
        "given to the office in place of another",
        town.okafor.pk,
    )


def test_who_never_agreed_has_not_agreed_by_giving_another_number(town: Town) -> None:
    ContactPoint.objects.update(consented=False)
    gives(town, "+447700900777")
    assert goes_to(town) is None
    assert not Consent.objects.exists()


def test_a_number_that_said_stop_is_not_opened_again_by_the_office(town: Town) -> None:
    Address.objects.create(
        school=town.school, channel="sms", value="+447700900777", opted_out_at=cast.TUESDAY
    )
    gives(town, "+447700900777")
    assert goes_to(town) is None


def test_a_number_that_another_adult_has_is_shared_from_then_on(town: Town) -> None:
    other = town.home(2)
    gives(town, other.address.value)
    assert goes_to(town) == other.address.value
    assert Address.objects.filter(value=other.address.value).count() == 1


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "Write the number or mailbox they gave you."),
        ("twelve", "Nothing can be sent there."),
        ("+447700900001", "That is the one we have."),
    ],
)
def test_what_is_no_new_number_says_so_and_keeps_what_was_typed(town: Town, written: str, says: str) -> None:
    url = fail(town)
    response = browser_of(town.okafor).post(url, {"value": written})
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert f'value="{written}"' in page or not written
    assert standing(town) == 1


def test_a_number_nobody_uses_is_taken_off(town: Town) -> None:
    browser_of(town.okafor).post(f"{fail(town)}removal/")
    assert (goes_to(town), standing(town)) == (None, 0)
    assert Entry.objects.get(verb="address.taken_off").facts == {"people": 1}


def test_who_writes_from_a_doubted_number_is_known_again_once_the_office_asked(town: Town) -> None:
    """The identity that came with it before may have been somebody else's."""
    address = town.yousaf.address
    address.user_id = "before"
    address.save()
    demote(address, reason="identity_changed")
    confirm(address, by=town.actor(town.okafor), now=cast.TUESDAY)
    address.refresh_from_db()
    assert (address.state, address.user_id, address.confirmed_at) == ("good", "", cast.TUESDAY)


def test_a_mailbox_asks_for_a_mailbox(town: Town) -> None:
    address, _ = cast.reach(town.school, town.yousaf.guardian, "family@example.org", channel="email", rank=2)
    mark_bad(address, reason="bounced")
    client = browser_of(town.okafor)
    url = f"/maple-street/addresses/{address.key}/"
    assert "Their mailbox" in client.get(url).content.decode()
    assert client.post(url, {"value": "nowhere"}).status_code == 422
    client.post(url, {"value": "Yousaf@Example.org"})
    change = ContactChange.objects.get()
    assert (change.channel, change.value, change.old.address) == ("email", "yousaf@example.org", address)


@pytest.mark.parametrize("ending", ["", "confirmation/", "removal/"])
def test_nobody_but_the_office_and_the_leader_finds_the_page(town: Town, ending: str) -> None:
    url = fail(town) + ending
    leader = staff(town.school, "Mr Abara", Role.LEADER)
    for person in (town.amal, town.reyes):
        assert browser_of(person).post(url, {"value": "+447700900777"}).status_code == 404
    assert goes_to(town) is None
    assert browser_of(leader).post(url, {"value": "+447700900777"}).status_code == 302
    assert Client().post(url).status_code == 302
