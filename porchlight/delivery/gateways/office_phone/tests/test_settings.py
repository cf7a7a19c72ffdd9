"""Wrong settings are said with their remedy, and what is sent keeps to the phone's published API."""

import asyncio
import dataclasses
import json

import pytest

from porchlight.delivery.gateways.contract import Advice
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.office_phone.adapter import MAX_TEXT, gateway
from porchlight.delivery.gateways.office_phone.tests.contract_cases import SENDS, account, outgoing, state
from porchlight.delivery.gateways.tests.loopback import Loopback

GOOD = account("https://api.sms-gate.app/3rdparty/v1")


def but(**settings: str):
    return dataclasses.replace(GOOD, settings={**GOOD.settings, **settings})


@pytest.mark.parametrize(
    "base", ["", "http://192.168.1.20:8080", "http://[fd00::1]:8080", "http://127.0.0.1:8025/phone"]
)
def test_the_cloud_and_a_phone_in_the_same_network_are_good_addresses(base):
    assert gateway.problems(but(base_url=base, sim="1")) == []


@pytest.mark.parametrize(
    "base",
    [
        "http://sms.example.org",
        "http://phone.local:8080",
        "http://169.254.169.254",
        "phone",
        "ftp://10.0.0.1",
    ],
)
def test_other_addresses_would_let_texts_travel_unprotected(base):
    [problem] = gateway.problems(but(base_url=base))
    assert "must begin with https" in problem


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (but(username=""), "User name is empty"),
        (but(username="of:fice"), "no colon"),
        (but(country="England"), "“England”"),
        (but(sim="4"), "SIM card must be"),
        (dataclasses.replace(GOOD, secrets={"password": "x"}), "Signing key is empty"),
        (dataclasses.replace(GOOD, sender="07700 900003"), "written like +44"),
    ],
)
def test_each_wrong_setting_is_said_with_its_remedy(found, words):
    [problem] = gateway.problems(found)
    assert words in problem


def send(message, **settings: str):
    async def run():
        async with Loopback(status=202, body=state("Pending")) as server, Http() as http:
            outcome = await gateway.send(http, but(base_url=server.base_url, **settings), message)
            return outcome, server.received

    return asyncio.run(run())


def test_the_second_sim_card_is_named_and_a_wrong_one_is_left_to_the_phone():
    _, [second] = send(outgoing(), sim="2")
    _, [wrong] = send(outgoing(), sim="two")
    assert json.loads(second.body)["simNumber"] == 2
    assert "simNumber" not in json.loads(wrong.body)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (outgoing(reference="x" * 37), "reference"),
        (outgoing(reference=""), "reference"),
        (outgoing(text=" "), "no_words"),
        (outgoing(text="x" * (MAX_TEXT + 1)), "text_too_long"),
    ],
)
def test_what_the_phone_cannot_take_never_leaves(message, code):
    outcome, received = send(message)
    assert (outcome.advice, outcome.code, received) == (Advice.OUR_FAULT, code, [])


def test_every_field_we_send_is_in_the_published_api(shared):
    api = json.loads((shared / "standards/sms-gateways/android-sms-gateway-swagger.json").read_text())
    known = api["components"]["schemas"]["smsgateway.Message"]["properties"]
    assert all(set(case.request["body"]) <= set(known) for case in SENDS)
