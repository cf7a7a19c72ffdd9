"""T29, T30 at the door: by which number somebody may come in, while it changes and once it is in doubt."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.changing import actions
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ContactChange, ContactPoint
from porchlight.welcome.sign_in import people_at
from porchlight.welcome.tests.conftest import BASE, ask, come_in

NEW = "+447700900777"


def changing(town: Town, how: str) -> ContactChange:
    ContactPoint.objects.update(created_at=TUESDAY - timedelta(days=9))
    change = actions.ask(
        guardian=town.yousaf.guardian,
        channel="sms",
        written=NEW,
        old=town.yousaf.point,
        by=town.okafor.actor(),
        now=TUESDAY,
    )
    return actions.confirm(
        change, how=how, words="his voice", called=town.yousaf.point, by=town.okafor.actor(), now=TUESDAY
    )


def test_t29_who_came_in_by_the_old_number_is_out_when_the_new_one_holds(town: Town, client: Client) -> None:
    come_in(client)
    assert client.get(f"{BASE}/week/").status_code == 200
    changing(town, "in_person")
    assert client.get(f"{BASE}/week/").status_code == 302
    assert people_at(town.school, town.yousaf.address.pk, now=TUESDAY) == []


def test_t29_a_number_on_trial_opens_nothing(town: Town, client: Client) -> None:
    change = changing(town, "called_back")
    before = Delivery.objects.count()
    ask(client, NEW)
    assert Delivery.objects.count() == before
    assert people_at(town.school, change.point.address_id, now=TUESDAY) == []
