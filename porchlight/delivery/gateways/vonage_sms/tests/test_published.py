"""What Vonage itself published: its signatures, and its answers as its own library keeps them."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from porchlight.delivery.gateways.contract import Accepted, Advice, RawRequest, Refused, Unclear
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.tests.loopback import Loopback
from porchlight.delivery.gateways.tests.table import Account
from porchlight.delivery.gateways.vonage_sms.adapter import gateway
from porchlight.delivery.gateways.vonage_sms.signature import MAX_AGE, METHODS, sign
from porchlight.delivery.gateways.vonage_sms.tests.contract_cases import SIGNS, account, outgoing

METHOD_OF = {"sha256": "sha256", "md5hash(HMAC-MD5)": "md5"}


def vectors(shared: Path) -> tuple[str, list[dict]]:
    book = json.loads((shared / "standards/sms-gateways/vonage-sms-signature-vectors.json").read_text())
    return book["secret"], book["vectors"]


def test_the_published_signatures_are_ours(shared):
    secret, found = vectors(shared)
    assert len(found) == 2
    for one in found:
        said = {name: str(value) for name, value in one["params"].items()}
        assert sign(secret, said, METHOD_OF[one["method"]]) == one["sig"]


def test_a_published_signature_is_refused_for_its_age_alone(shared, monkeypatch):
    """Genuine on its day, somebody's repetition ever since."""
    secret, found = vectors(shared)
    for one in found:
        school = Account(
            {"signature_method": METHOD_OF[one["method"]]}, {"signature_secret": secret}, "+447700900001"
        )
        body = urlencode({**one["params"], "sig": one["sig"]}).encode()
        came = RawRequest(
            "POST", "https://s.example.org/", {"content-type": "application/x-www-form-urlencoded"}, body
        )
        assert not gateway.is_genuine(school, came)
        then = int(one["params"]["timestamp"])
        monkeypatch.setattr(time, "time", lambda then=then: then + MAX_AGE)
        assert gateway.is_genuine(school, came)
        monkeypatch.undo()


def answered(status: int, body: bytes):
    async def run():
        async with Loopback() as server, Http() as http:
            server.answer(status, body)
            return await gateway.send(http, account(server.base_url), outgoing())

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("name", "status", "becomes"),
    [
        ("send_long_sms", 200, Accepted("62dfdf68-6c7c-479a-a190-5c52f798a787")),
        ("send_sms_error", 200, Refused(Advice.OPTED_OUT, "7", "Number barred.")),
        ("not_found", 404, Refused(Advice.STAFF_MUST_ACT, "http_404", "Message with ID asdf not found")),
        (
            "invalid_error",
            422,
            Refused(Advice.OUR_FAULT, "http_422", "The value of one or more parameters is invalid."),
        ),
        ("send_message_with_failover", 202, Unclear("Vonage said yes without a message id")),
    ],
)
def test_the_answers_that_vonage_keeps_for_its_own_tests_mean_what_they_say(shared, name, status, becomes):
    body = (shared / f"standards/sms-gateways/vonage-responses/{name}.json").read_bytes()
    assert answered(status, body) == becomes


@pytest.mark.parametrize("method", METHODS)
def test_each_method_the_office_may_choose_is_checked(method):
    school = replace(account("https://x.example.org"), settings={"signature_method": method.upper()})
    said = {"messageId": "1", "text": "a&b=c", "timestamp": str(int(time.time()))}
    body = urlencode({**said, "sig": sign(SIGNS, said, method)}).encode()
    came = RawRequest(
        "POST", "https://s.example.org/", {"content-type": "application/x-www-form-urlencoded"}, body
    )
    assert gateway.is_genuine(school, came)
    as_json = json.dumps({**said, "sig": sign(SIGNS, said, method)}).encode()
    assert gateway.is_genuine(
        school, replace(came, headers={"content-type": "application/json"}, body=as_json)
    )


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        ({"api_key": ""}, "API key is empty."),
        ({"signature_method": "crc32"}, "The signature method must be sha256"),
        ({"base_url": "http://rest.nexmo.com"}, "The base address must start with https"),
    ],
)
def test_a_wrong_setting_is_named(wrong, begins):
    good = account("https://rest.nexmo.com")
    [problem] = gateway.problems(replace(good, settings={**good.settings, **wrong}))
    assert problem.startswith(begins)
