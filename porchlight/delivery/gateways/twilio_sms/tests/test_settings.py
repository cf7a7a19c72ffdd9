"""Each wrong setting is said once, with its remedy; and how a text leaves follows the settings."""

import asyncio
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from porchlight.delivery.gateways.contract import Advice, Outgoing, RawRequest
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.tests.loopback import Loopback
from porchlight.delivery.gateways.tests.table import Account
from porchlight.delivery.gateways.twilio_sms.account import with_reference
from porchlight.delivery.gateways.twilio_sms.adapter import gateway
from porchlight.delivery.gateways.twilio_sms.tests.contract_cases import account

GOOD = account("https://api.twilio.com")
SERVICE = "MG" + "1" * 32


def changed(base: Account = GOOD, **values: str) -> Account:
    secrets = {name: values.pop(name) for name in list(values) if name in base.secrets}
    sender = values.pop("sender", base.sender)
    return replace(
        base, settings={**base.settings, **values}, secrets={**base.secrets, **secrets}, sender=sender
    )


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        ({"account_sid": "SK" + "0" * 32}, "The account SID is not AC"),
        ({"auth_token": ""}, "The auth token is missing"),
        ({"messaging_service_sid": "MG1"}, "The messaging service SID is not MG"),
        ({"base_url": "http://api.twilio.com"}, "The base address must start with https"),
        ({"callback_url": "http://school.example.org/hooks/"}, "Twilio reports to an https address only"),
        ({"sender": "07700 900001"}, "The number families see"),
    ],
)
def test_a_wrong_setting_is_named(wrong, begins):
    [problem] = gateway.problems(changed(**wrong))
    assert problem.startswith(begins)


def test_the_practice_town_is_fine():
    local = {"base_url": "http://127.0.0.1:8025", "callback_url": "http://127.0.0.1:8000/hooks/twilio_sms/k/"}
    assert gateway.problems(changed(**local)) == []


def sent(**settings: str) -> dict[str, list[str]]:
    async def run() -> bytes:
        async with Loopback() as server, Http() as http:
            text = Outgoing("k7mxq2", "+447700900123", "Hello", "en")
            await gateway.send(http, changed(account(server.base_url), **settings), text)
            return server.received[0].body

    return parse_qs(asyncio.run(run()).decode())


def test_a_messaging_service_takes_the_place_of_the_number():
    form = sent(messaging_service_sid=SERVICE)
    assert form["MessagingServiceSid"] == [SERVICE]
    assert "From" not in form


def test_without_a_status_address_none_is_sent():
    assert "StatusCallback" not in sent(callback_url="")


def test_our_reference_joins_a_query_that_is_there_already():
    assert (
        with_reference("https://s.example.org/?a=1", "k&7")
        == "https://s.example.org/?a=1&ref=k%267#rc=5&rp=5xx,ct,rt"
    )


def test_twilio_has_no_handshake():
    assert gateway.greet(GOOD, RawRequest("GET", "https://s.example.org/?hub.challenge=1", {}, b"")) is None


@pytest.mark.parametrize(("text", "code"), [(" ", "no_words"), ("x" * 1601, "text_too_long")])
def test_what_cannot_be_a_text_never_leaves(text, code):
    async def run():
        async with Loopback() as server, Http() as http:
            outcome = await gateway.send(
                http, account(server.base_url), Outgoing("k", "+447700900123", text, "en")
            )
            return outcome, server.received

    outcome, received = asyncio.run(run())
    assert (outcome.advice, outcome.code, received) == (Advice.OUR_FAULT, code, [])
