"""A number kept from the tray: ledger, way and state say the same, and what goes next reaches them."""

from __future__ import annotations

import pytest
import time_machine

from porchlight.activity.models import Entry
from porchlight.conversations.heard import Words, to_triage
from porchlight.conversations.models import TriageReason
from porchlight.conversations.placing_by_hand import WROTE_TO_US, place_in_thread
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY, Home
from porchlight.families.models import Address, AddressState, Consent, ContactPoint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def keeps(town: Town, home: Home | None = None) -> ContactPoint:
    """The office puts what came from Mr Yousaf's number into a thread, his own by default, and ticks "their number"."""
    home = home or town.yousaf
    words = Words(text="He found his book", channel="sms", at=TUESDAY)
    address = Address.objects.get(pk=town.yousaf.address.pk)
    item = to_triage(town.school, address, words, TriageReason.UNKNOWN_SENDER)
    place_in_thread(item, tie=home.tie, by=town.okafor.actor(), now=TUESDAY, keep_address=True)
    return ContactPoint.objects.select_related("address").get(guardian=home.guardian)


def is_told(town: Town) -> bool:
    cast.put_in_outbox(town.school, town.yousaf)
    sent = Delivery.objects.filter(to=town.yousaf.address.value, stopped="")
    return sent.filter(is_personal=True).exists()


def test_a_way_that_nobody_had_agreed_to_is_agreed_to_and_words_go_there(town: Town) -> None:
    ContactPoint.objects.update(consented=False)
    assert not is_told(town)
    assert keeps(town).consented
    line = Consent.objects.get()
    assert (line.given, line.source, line.recorded_by_id) == (True, WROTE_TO_US, town.okafor.pk)
    assert is_told(town)


def test_where_they_had_agreed_before_the_ledger_gets_no_second_line(town: Town) -> None:
    assert keeps(town).consented
    assert not Consent.objects.exists()


def test_a_stop_stands_until_they_take_it_back_themselves(town: Town) -> None:
    ContactPoint.objects.update(consented=False)
    Address.objects.update(opted_out_at=TUESDAY)
    point = keeps(town)
    assert (point.consented, point.address.opted_out_at) == (False, TUESDAY)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("state", [AddressState.NOTICE_ONLY, AddressState.BAD])
def test_a_number_in_doubt_is_good_again_for_we_have_checked_with_them(town: Town, state: str) -> None:
    Address.objects.update(state=state, state_reason="not_theirs")
    assert not is_told(town)
    address = keeps(town).address
    assert (address.state, address.state_reason, address.confirmed_at) == (AddressState.GOOD, "", TUESDAY)
    assert Entry.objects.filter(verb="address.confirmed").count() == 1
    assert is_told(town)


def test_a_number_in_doubt_that_others_hold_stays_doubted_for_they_were_not_asked(town: Town) -> None:
    """Else words about another family's child would go to whoever has their old number now."""
    other = cast.home(town.school, 7)
    other.point.delete()  # nothing is known of them: what they wrote from is their first
    Address.objects.update(state=AddressState.NOTICE_ONLY, state_reason="not_theirs")
    point = keeps(town, other)
    assert (point.address, point.consented) == (town.yousaf.address, True)
    assert (point.address.state, point.address.confirmed_at) == (AddressState.NOTICE_ONLY, None)
    assert not is_told(town)
