"""Silence is a number's, whatever channel it is used on: what is only rung is doubted too, what is used once is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.conversations.models import Trouble
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.troubles import to_mend
from porchlight.delivery.silence import doubt_the_silent, gives_sign_of_life
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, ContactPoint, Guardianship

pytestmark = on_both_databases
LONG_AGO, YESTERDAY = TUESDAY - timedelta(days=900), TUESDAY - timedelta(days=1)


def also_by(town: Town, *channels: str) -> list[Address]:
    """Mr Yousaf's number on other channels; nobody has written from any of them for long."""
    number = town.yousaf.address.value
    made = [cast.reach(town.school, town.yousaf.guardian, number, channel=one)[0] for one in channels]
    Address.objects.update(created_at=LONG_AGO)
    return [Address.objects.get(pk=one.pk) for one in made]


def states() -> dict[str, str]:
    return dict(Address.objects.order_by("pk").values_list("channel", "state"))


def test_a_number_that_is_only_rung_is_doubted_for_its_silence(town: Town) -> None:
    Address.objects.update(channel="call", created_at=LONG_AGO)
    assert doubt_the_silent(town.school, TUESDAY) == 1
    assert states() == {"call": "notice_only"}
    assert doubt_the_silent(town.school, TUESDAY) == 0


@pytest.mark.parametrize("used", ["sms", "whatsapp", "call"])
def test_who_uses_a_number_on_one_channel_is_not_asked_about_another(town: Town, used: str) -> None:
    also_by(town, "whatsapp", "call")
    gives_sign_of_life(Address.objects.get(channel=used), YESTERDAY)
    assert doubt_the_silent(town.school, TUESDAY) == 0
    assert set(states().values()) == {"good"}


def test_a_number_silent_on_every_channel_is_asked_about_once(town: Town) -> None:
    also_by(town, "whatsapp", "call")
    assert doubt_the_silent(town.school, TUESDAY) == 1
    assert set(states().values()) == {"notice_only"}
    assert to_mend(town.school, town.okafor.actor()).count == 1
    ContactPoint.objects.filter(address__channel="sms").update(ended_at=TUESDAY)
    assert (
        to_mend(town.school, town.okafor.actor()).count == 1
    )  # what is left of it is still to be asked about
    assert Trouble.objects.count() == 3


@pytest.mark.parametrize("how", ["another number", "nobody's any more", "in doubt itself", "new on a list"])
def test_what_is_no_sign_of_life_by_that_number(town: Town, how: str) -> None:
    [whatsapp] = also_by(town, "whatsapp")
    rows = Address.objects.filter(pk=whatsapp.pk)
    if how == "new on a list":
        rows.update(created_at=YESTERDAY)
    else:
        gives_sign_of_life(whatsapp, YESTERDAY)
    match how:
        case "another number":
            rows.update(value="+447700900888")
        case "nobody's any more":
            ContactPoint.objects.filter(address=whatsapp).update(ended_at=YESTERDAY)
        case "in doubt itself":
            rows.update(state="notice_only")
    assert doubt_the_silent(town.school, TUESDAY) == 1
    assert states()["sms"] == "notice_only"


@pytest.mark.parametrize(("is_their_child", "doubted"), [(True, 0), (False, 1)])
def test_a_sign_of_life_is_the_homes_own(town: Town, is_their_child: bool, doubted: int) -> None:
    """Two adults of a child have one telephone; a family that has taken a number over speaks for itself."""
    other = town.home(2).guardian
    if is_their_child:
        Guardianship.objects.create(school=town.school, guardian=other, student=town.yousaf.student)
    [whatsapp] = also_by(town, "whatsapp")
    ContactPoint.objects.filter(address=whatsapp).update(guardian=other)
    Address.objects.filter(value="+447700900002").update(created_at=YESTERDAY)
    gives_sign_of_life(whatsapp, YESTERDAY)
    assert doubt_the_silent(town.school, TUESDAY) == doubted


def test_identities_without_a_number_are_each_their_own(town: Town) -> None:
    [first, second] = [town.home(number, channel="whatsapp").address for number in (2, 3)]
    for row, identity in ((first, "GB.1"), (second, "GB.2")):
        Address.objects.filter(pk=row.pk).update(value="", user_id=identity, created_at=LONG_AGO)
    gives_sign_of_life(Address.objects.get(pk=first.pk), YESTERDAY)
    assert doubt_the_silent(town.school, TUESDAY) == 1
    second.refresh_from_db()
    assert second.state == "notice_only"
