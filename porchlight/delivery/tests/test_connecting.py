"""A phone in the office is told where to report by us, as soon as it can be, and what keeps it from it is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.delivery.connecting import AGAIN, can_be_told, connect_due
from porchlight.delivery.gateways.registry import all_gateways
from porchlight.delivery.models import Account, WebhookRoute
from porchlight.delivery.opening import change_account, close_account
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import network, on_both_databases
from porchlight.schools.models import School
from practice import ThreadedTown

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]


@pytest.fixture
def phone(school: School, town: ThreadedTown, settings) -> Account:
    settings.BASE_URL = "https://school.example.org"
    there = town.register_account(gateway="office_phone", name="school")
    return cast.account(
        school,
        sender=there.number,
        settings={"base_url": town.url, "username": there.username},
        secrets={"password": there.password, "signing_key": there.signing_key},
    )


def connected(now=cast.TUESDAY) -> int:
    with network() as run:
        return connect_due(run, now)


def told(town: ThreadedTown) -> dict[str, str]:
    """What the phone reports, and where."""
    hooks = town.call(lambda there: list(there.accounts["school"].webhooks.values()))
    return {hook["event"]: hook["url"] for hook in hooks}


def test_the_offices_phone_and_the_bot_have_to_be_told(school: School) -> None:
    told = [name for name, carrier in all_gateways().items() if can_be_told(carrier)]
    assert told == ["office_phone", "telegram"]


def test_a_new_phone_reports_to_our_address_without_anybodys_doing(
    phone: Account, town: ThreadedTown
) -> None:
    assert connected() == 1
    route = WebhookRoute.objects.get()
    assert (route.connected_at, route.connect_at, route.connect_problem) == (cast.TUESDAY, None, "")
    where = f"https://school.example.org{route.path}"
    assert told(town) == dict.fromkeys(
        ["sms:received", "sms:sent", "sms:delivered", "sms:failed", "mms:downloaded"], where
    )
    assert connected() == 0


def test_what_keeps_it_from_reporting_is_said_and_tried_again(phone: Account, town: ThreadedTown) -> None:
    phone.keep_secrets({**phone.secrets, "password": "wrong"})
    phone.save()
    assert connected() == 1
    route = WebhookRoute.objects.get()
    assert route.connected_at is None
    assert "Copy user name and password from the SMSGate app again." in route.connect_problem
    assert connected() == 0
    assert route.connect_at == cast.TUESDAY + AGAIN


def test_settings_put_right_are_used_at_once(phone: Account, town: ThreadedTown) -> None:
    good = dict(phone.secrets)
    phone.keep_secrets({**good, "password": "wrong"})
    phone.save()
    connected()
    change_account(phone, by=cast.teacher(phone.school), secrets=good)
    assert connected() == 1
    assert WebhookRoute.objects.get().connect_problem == ""
    assert told(town)


def test_a_phone_that_is_off_is_connected_once_it_is_on(
    phone: Account, town: ThreadedTown, school: School
) -> None:
    base, phone.settings = phone.settings, {**phone.settings, "base_url": "http://127.0.0.1:9"}
    phone.save()
    connected()
    assert "could not be reached" in WebhookRoute.objects.get().connect_problem
    phone.settings = base
    phone.save()
    assert connected(cast.TUESDAY + AGAIN - timedelta(seconds=1)) == 0
    assert connected(cast.TUESDAY + AGAIN) == 1
    assert told(town)


def test_what_cannot_be_opened_says_so(phone: Account) -> None:
    phone.sealed_secrets = "1.broken"
    phone.save()
    connected()
    assert "PORCHLIGHT_SEAL_KEY" in WebhookRoute.objects.get().connect_problem


def test_a_closed_account_and_a_gateway_that_is_told_by_hand_are_left_alone(
    phone: Account, school: School, town: ThreadedTown
) -> None:
    cast.twilio(school, town)
    close_account(phone, by=cast.teacher(school))
    assert connected() == 0
