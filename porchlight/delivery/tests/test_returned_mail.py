"""Mail that came back, or was called unwanted, without naming anything we sent: the mailbox learns from it."""

from __future__ import annotations

import json

import pytest

from porchlight.delivery.models import Account, InboundEvent
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.delivery.tests.test_inbox_mail import home, mail, receive
from porchlight.delivery.tests.test_planning import why
from porchlight.families.models import AddressState, Consent

__all__ = ["home", "mail"]
pytestmark = on_both_databases
NOBODY_THERE = {"RecordType": "Bounce", "Type": "HardBounce", "Details": "550 5.1.1 nobody here"}
UNWANTED = {"RecordType": "SpamComplaint", "Type": "SpamComplaint"}


def comes(mail: Account, what: dict[str, str], mailbox: str, number: int = 1) -> str:
    """The provider tells of it; what we made of that."""
    assert receive(mail, json.dumps({**what, "Email": mailbox, "ID": number}).encode()) == 200
    return InboundEvent.objects.order_by("pk").last().outcome


def test_a_mailbox_that_is_not_there_is_marked_and_staff_hear_of_it_once(school, mail, home, ears) -> None:
    for number in (1, 2):
        assert comes(mail, NOBODY_THERE, home.address.value, number) == "bad address"
    home.address.refresh_from_db()
    assert home.address.state == AddressState.BAD
    [trouble] = ears.troubles
    assert (trouble.kind, trouble.address) == ("address_bad", home.address)
    assert trouble.sentence.endswith(".")
    assert why(school, home) == NotReached.BAD_ADDRESS


def test_who_calls_it_unwanted_gets_no_more_and_the_ledger_says_so(school, mail, home, ears) -> None:
    assert comes(mail, UNWANTED, home.address.value.upper()) == "opted out"
    assert comes(mail, UNWANTED, home.address.value, 2) == "opted out"
    [line] = Consent.objects.all()
    assert (line.given, line.source) == (False, "complaint: complained")
    assert why(school, home) == NotReached.OPTED_OUT
    assert ears.troubles == []


@pytest.mark.parametrize("what", [NOBODY_THERE, UNWANTED])
def test_of_a_mailbox_we_do_not_know_nothing_is_made(school, mail, home, ears, what: dict[str, str]) -> None:
    assert comes(mail, what, "stranger@example.org") == "unknown sender"
    home.address.refresh_from_db()
    assert (home.address.state, home.address.opted_out_at) == (AddressState.GOOD, None)
