"""What only Meta does: a really signed body, the set-up handshake, and a collection of payloads read to the last."""

import json
from dataclasses import replace

import pytest

from porchlight.delivery.gateways.contract import Greeting, RawRequest
from porchlight.delivery.gateways.tests.table import Account
from porchlight.delivery.gateways.whatsapp_cloud.adapter import gateway
from porchlight.delivery.gateways.whatsapp_cloud.tests.contract_cases import account
from porchlight.delivery.gateways.whatsapp_cloud.tests.published_cases import EXPECTED

OURS = account("https://graph.facebook.com")


def test_every_published_payload_has_its_line_in_the_table(shared):
    folder = shared / "standards/whatsapp-cloud/pywa"
    names = {f"{file.stem}#{name}" for file in folder.glob("*.json") for name in json.loads(file.read_text())}
    assert names == set(EXPECTED)


def test_a_body_meta_really_signed_is_genuine_and_one_byte_off_is_not(shared):
    vector = json.loads((shared / "standards/whatsapp-cloud/signature-vector-meta-real.json").read_text())
    body = vector["body_utf8"].encode()
    school = Account({}, {"app_secret": vector["app_secret"]})
    request = RawRequest("POST", "https://x.example.org/", {"x-hub-signature-256": vector["header"]}, body)
    assert gateway.is_genuine(school, request)
    for place in range(len(body)):
        flipped = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert not gateway.is_genuine(school, replace(request, body=flipped))
    shouting = {"x-hub-signature-256": vector["header"].upper()}
    assert not gateway.is_genuine(school, replace(request, headers=shouting))


GOOD = "hub.mode=subscribe&hub.verify_token=a+long+word+of+ours&hub.challenge=1158201444"


def greet(query: str, school: Account = OURS) -> Greeting | None:
    return gateway.greet(school, RawRequest("GET", f"https://x.example.org/hooks/?{query}", {}, b""))


def test_the_handshake_gives_the_challenge_back():
    assert greet(GOOD) == Greeting("1158201444")


@pytest.mark.parametrize(
    "query",
    [
        "",
        GOOD.replace("subscribe", "unsubscribe"),
        GOOD.replace("ours", "theirs"),
        GOOD.replace("a+long+word+of+ours", ""),
        GOOD.replace("1158201444", ""),
        GOOD.replace("1158201444", "%3Cscript%3E"),
        GOOD + "&hub.verify_token=a+long+word+of+ours",
        GOOD + "&hub.challenge=2",
        GOOD + "&hub.mode=subscribe",
        GOOD + "&a=1" * 50,
    ],
)
def test_any_other_handshake_is_refused(query):
    assert greet(query) is None


def test_an_account_without_a_verify_token_greets_nobody():
    assert greet(GOOD.replace("a+long+word+of+ours", ""), Account({}, {"verify_token": ""})) is None
    assert greet(GOOD, Account({}, {})) is None
