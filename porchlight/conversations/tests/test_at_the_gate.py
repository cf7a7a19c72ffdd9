"""Half of a class's numbers are asked about in ten minutes; a number that fails says whom to ring, and with which words."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.models import Trouble
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.content import Urgency
from porchlight.delivery.gateways import registry
from porchlight.delivery.models import Parcel
from porchlight.delivery.outbox.checking import check
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, AddressState, ContactPoint, Guardian
from porchlight.schools.models import SchoolClass, Teaching


@pytest.fixture(autouse=True)
def _with_mail(settings, _gateways: None) -> None:
    settings.PORCHLIGHT_GATEWAYS = [*settings.PORCHLIGHT_GATEWAYS, "porchlight.delivery.gateways.email"]
    registry.all_gateways.cache_clear()


@pytest.fixture
def office(town: Town) -> Client:
    return browser_of(town.okafor)


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
        assert "0 of 2 numbers" in browser_of(town.okafor).get(page).content.decode()


@pytest.fixture
def amal(town: Town) -> Client:
    return browser_of(town.amal)


def test_a_teacher_asks_about_her_own_class_by_the_last_figures_and_it_is_kept_who_did(
    town: Town, amal: Client
) -> None:
    page = f"/{town.school.slug}/gate/{town.class_4a.key}/"
    other = SchoolClass.objects.create(school=town.school, name="5B", year="5")
    home, apart, unsafe = town.home(2), town.home(3), town.home(4)
    apart.restrict()
    ContactPoint.objects.filter(pk=unsafe.point.pk).update(unsafe_at=TUESDAY)
    Address.objects.filter(pk=home.address.pk).update(state=AddressState.NOTICE_ONLY, state_reason="silent")
    with time_machine.travel(TUESDAY, tick=False):
        first = amal.get(f"/{town.school.slug}/gate/").content.decode()
        assert ("4A" in first, "5B" in first) == (True, False)
        assert amal.get(f"/{town.school.slug}/gate/{other.key}/").status_code == 404
        shown = amal.get(page).content.decode()
        assert ("Guardian 2" in shown, "…002" in shown) == (True, True)
        assert home.address.value not in shown
        assert home.address.value[-4:] not in shown
        assert "/ways/of/" not in shown  # another number is the office's to write
        assert ("Guardian 3" in shown, "Guardian 4" in shown) == (False, False)
        for not_asked in (apart, unsafe):
            assert amal.post(f"{page}{not_asked.point.key}/").status_code == 404
        assert amal.post(f"{page}{home.point.key}/").status_code == 302
        home.address.refresh_from_db()
        assert (home.address.state, home.address.confirmed_at) == (AddressState.GOOD, TUESDAY)
        entry = Entry.objects.filter(verb="address.confirmed").latest("pk")
        assert (entry.actor_id, entry.about_id) == (town.amal.pk, home.address.pk)
        Teaching.objects.filter(staff=town.amal).delete()
        assert amal.get(page).status_code == 404


def test_of_her_own_family_a_teacher_is_asked_nothing_here(town: Town, amal: Client) -> None:
    page = f"/{town.school.slug}/gate/{town.class_4a.key}/"
    mine = town.home(2)
    Guardian.objects.filter(pk=mine.guardian.pk).update(user=town.amal.user)
    with time_machine.travel(TUESDAY, tick=False):
        assert "Guardian 2" not in amal.get(page).content.decode()
        assert amal.post(f"{page}{mine.point.key}/").status_code == 404


def test_not_theirs_nothing_of_the_child_goes_there_and_they_are_asked_on_another_way(
    town: Town, amal: Client
) -> None:
    page = f"/{town.school.slug}/gate/{town.class_4a.key}/"
    home = town.yousaf
    mail, _point = cast.reach(town.school, home.guardian, "yousaf@example.org", channel="email", rank=2)
    cast.account(town.school, "email", label="Mail", sender="office@maple-street.example.org")
    with time_machine.travel(TUESDAY, tick=False):
        [urgent] = cast.put_in_outbox(
            town.school, home, urgency=Urgency.URGENT, content=cast.words(urgent_reason="flood")
        )
        Parcel.objects.filter(pk=urgent.pk).update(climbs_at=None)
        for _ in range(2):  # pressed twice, asked once
            amal.post(f"{page}{home.point.key}/", {"is": "not theirs"})
        home.address.refresh_from_db()
        assert (home.address.state, home.address.state_reason) == (AddressState.NOTICE_ONLY, "not_theirs")
        [asked] = Parcel.objects.filter(service_kind="way_in_doubt")
        assert asked.deliveries.get().address == mail
        assert "Maple Street School" in asked.text
        assert "Hamza" not in asked.text
        assert home.address.value[-6:] not in asked.text
        assert Trouble.objects.get().address == home.address
        urgent.refresh_from_db()
        assert urgent.climbs_at == TUESDAY  # what was urgent looks for another way at once
        [(row, _)] = check(town.school.pk, [urgent.deliveries.get().pk], TUESDAY)
        assert row.obstacle == "demoted"
        assert (
            amal.post(f"{page}{home.point.key}/").status_code == 404
        )  # only the office says that it is right after all
        assert "The office asks about this one." in amal.get(page).content.decode()
        assert browser_of(town.okafor).post(f"{page}{home.point.key}/").status_code == 302
        home.address.refresh_from_db()
        assert home.address.state == AddressState.GOOD


def test_where_nothing_else_of_theirs_is_known_the_office_alone_asks(town: Town, amal: Client) -> None:
    page = f"/{town.school.slug}/gate/{town.class_4a.key}/"
    with time_machine.travel(TUESDAY, tick=False):
        amal.post(f"{page}{town.yousaf.point.key}/", {"is": "not theirs"})
    assert not Parcel.objects.exists()
    assert Trouble.objects.get().address == town.yousaf.address


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
