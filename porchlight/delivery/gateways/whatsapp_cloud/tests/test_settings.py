"""Each wrong setting is said once, with its remedy; and what an account names decides where a message goes."""

from dataclasses import replace

import pytest

from porchlight.delivery.gateways.tests.table import Account
from porchlight.delivery.gateways.whatsapp_cloud.adapter import gateway
from porchlight.delivery.gateways.whatsapp_cloud.tests.contract_cases import account

GOOD = account("https://graph.facebook.com")


def changed(**values: str) -> Account:
    secrets = {name: values.pop(name) for name in list(values) if name in GOOD.secrets}
    sender = values.pop("sender", GOOD.sender)
    return replace(
        GOOD, settings={**GOOD.settings, **values}, secrets={**GOOD.secrets, **secrets}, sender=sender
    )


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        ({"phone_number_id": ""}, "The phone number ID is missing"),
        ({"phone_number_id": "٣٣"}, "The phone number ID is missing"),
        ({"phone_number_id": "447700900001"}, "The phone number ID is the phone number itself"),
        ({"access_token": ""}, "The access token is missing"),
        ({"app_secret": "short"}, "The app secret is not 32"),
        ({"verify_token": "short"}, "The verify token is shorter"),
        ({"version": "25"}, "The API version should look like v25.0"),
        ({"base_url": "http://graph.facebook.com"}, "The base address must start with https"),
        ({"base_url": "https://me:you@graph.facebook.com"}, "The base address must start with https"),
        ({"base_url": "https://[::1"}, "The base address must start with https"),
        ({"sender": "07700 900001"}, "The number families see"),
    ],
)
def test_a_wrong_setting_is_named(wrong, begins):
    [problem] = gateway.problems(changed(**wrong))
    assert problem.startswith(begins)


@pytest.mark.parametrize("good", [{"version": "", "base_url": ""}, {"base_url": "http://127.0.0.1:8025"}])
def test_left_out_and_on_this_machine_are_fine(good):
    assert gateway.problems(changed(**good)) == []
