"""Half of a class's numbers are asked about in ten minutes; a number that fails says whom to ring, and with which words."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, AddressState


@pytest.fixture
def office(town: Town) -> Client:
    return of(town.okafor.user)


def of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_one_tap_for_each_number_that_is_still_right(town: Town, office: Client) -> None:
    page = f"/{town.school.slug}/gate/{town.class_4a.key}/"
    old, apart, stopped = town.home(2), town.home(3), town.home(4)
    Address.objects.filter(pk=old.address.pk).update(state=AddressState.NOTICE_ONLY, state_reason="silent")
    Address.objects.filter(pk=stopped.address.pk).update(opted_out_at=TUESDAY)
    apart.restrict()
    with time_machine.travel(TUESDAY, tick=False):
        shown = office.get(page).content.decode()
        assert "0 of 2 numbers" in shown
        assert "…002" in shown
        assert old.address.value not in shown  # whoever stands beside reads three figures
        assert "Guardian 3" not in shown  # may not be told of the child, so is not asked about it
        assert office.post(f"{page}{old.point.key}/").status_code == 302
        assert "1 of 2 numbers" in office.get(page).content.decode()
        for other in (apart, stopped):
            assert office.post(f"{page}{other.point.key}/").status_code == 404
    old.address.refresh_from_db()
    assert (old.address.state, old.address.confirmed_at) == (AddressState.GOOD, TUESDAY)
    with time_machine.travel(TUESDAY + timedelta(days=50), tick=False):
        assert "0 of 2 numbers" in of(town.okafor.user).get(page).content.decode()
    assert of(town.amal.user).get(page).status_code == 404


@pytest.mark.parametrize(
    ("state", "own", "other"), [(AddressState.BAD, False, True), (AddressState.NOTICE_ONLY, True, False)]
)
def test_a_number_that_fails_says_whom_to_ring_in_their_language(
    town: Town, office: Client, state: str, own: bool, other: bool
) -> None:
    address = town.yousaf.address
    Address.objects.filter(pk=address.pk).update(state=state)
    if other:
        cast.reach(town.school, town.yousaf.guardian, "+447700900777", rank=2)
    page = office.get(f"/{town.school.slug}/addresses/{address.key}/").content.decode()
    assert ("tel:+447700900777" in page, f"tel:{address.value}" in page) == (other, own)
    assert "السلام علیکم" in page
