"""Twilio's signature: the published vectors, the port, the JSON body, and what binds a body to its signature."""

import hashlib
import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from porchlight.delivery.gateways.contract import RawRequest
from porchlight.delivery.gateways.tests.table import Account, with_header
from porchlight.delivery.gateways.twilio_sms.adapter import gateway
from porchlight.delivery.gateways.twilio_sms.signature import sign

SCHOOL = Account({}, {"auth_token": "12345"})
FORM = "application/x-www-form-urlencoded"


def request(url: str, body: bytes, signature: str, kind: str = FORM) -> RawRequest:
    return RawRequest("POST", url, {"x-twilio-signature": signature, "content-type": kind}, body)


def published(shared) -> list[tuple[RawRequest, bool]]:
    told = json.loads((shared / "standards/sms-gateways/twilio-signature-vectors.json").read_text())
    assert told["auth_token"] == "12345"
    return [
        (
            request(
                one["url"],
                one["body"].encode() if "body" in one else urlencode(one["params"]).encode(),
                one["signature"],
                "application/json" if "body" in one else FORM,
            ),
            one["valid"],
        )
        for one in told["vectors"]
    ]


def test_the_published_vectors_give_the_published_verdicts(shared):
    vectors = published(shared)
    assert len(vectors) == 4
    assert [gateway.is_genuine(SCHOOL, one) for one, _ in vectors] == [valid for _, valid in vectors]


def test_a_vector_with_one_byte_off_is_refused(shared):
    for vector, valid in published(shared):
        for place in range(len(vector.body) if valid else 0):
            body = vector.body[:place] + bytes([vector.body[place] ^ 1]) + vector.body[place + 1 :]
            assert not gateway.is_genuine(SCHOOL, replace(vector, body=body)), body


@pytest.mark.parametrize(
    ("signed", "seen"),
    [
        ("https://s.example.org/hooks/?a=1", "https://s.example.org:443/hooks/?a=1"),
        ("https://s.example.org:443/hooks/?a=1", "https://s.example.org/hooks/?a=1"),
        ("http://s.example.org:80/hooks/", "http://s.example.org/hooks/"),
        ("http://s.example.org/hooks/", "http://s.example.org:8000/hooks/"),
        ("http://[::1]/hooks/", "http://[::1]:8000/hooks/"),
    ],
)
def test_the_port_may_be_there_or_not(signed, seen):
    genuine = request(seen, b"Body=1", sign("12345", f"{signed}Body1"))
    assert gateway.is_genuine(SCHOOL, genuine)
    assert not gateway.is_genuine(Account({}, {"auth_token": "54321"}), genuine)


@pytest.mark.parametrize(
    "seen", ["https://s.example.org:8443/hooks/", "https://t.example.org/hooks/", "https://[::1/"]
)
def test_another_port_or_host_than_the_signed_one_is_refused(seen):
    assert not gateway.is_genuine(
        SCHOOL, request(seen, b"Body=1", sign("12345", "https://s.example.org:443/hooks/Body1"))
    )


def test_a_name_given_several_times_counts_each_value_once_and_sorted():
    url = "https://s.example.org/"
    signature = sign("12345", f"{url}BodyhiTagaTagb")
    assert gateway.is_genuine(SCHOOL, request(url, b"Tag=b&Body=hi&Tag=a&Tag=b", signature))
    assert not gateway.is_genuine(SCHOOL, request(url, b"Tag=b&Body=hi&Tag=a&Tag=c", signature))


def test_blank_values_and_other_scripts_are_signed_too():
    url, body = "https://s.example.org/", urlencode({"Body": "جی ہاں 🙂", "Blank": ""}).encode()
    assert gateway.is_genuine(SCHOOL, request(url, body, sign("12345", f"{url}BlankBodyجی ہاں 🙂")))


def test_a_json_body_counts_only_with_its_hash_in_the_signed_address():
    body = b'{"a": 1}'
    url = f"https://s.example.org/?bodySHA256={hashlib.sha256(body).hexdigest()}"
    genuine = request(url, body, sign("12345", url), "application/json")
    assert gateway.is_genuine(SCHOOL, genuine)
    assert gateway.is_genuine(SCHOOL, with_header(genuine, "content-type", None))
    assert not gateway.is_genuine(SCHOOL, replace(genuine, body=b'{"a": 2}'))
    twice = f"{url}&bodySHA256=00"
    assert not gateway.is_genuine(SCHOOL, request(twice, body, sign("12345", twice), "application/json"))
    bare = "https://s.example.org/"
    assert not gateway.is_genuine(SCHOOL, request(bare, body, sign("12345", bare), "application/json"))


def test_a_form_cannot_hide_behind_a_signature_over_the_address():
    url = f"https://s.example.org/?bodySHA256={hashlib.sha256(b'').hexdigest()}"
    forged = request(url, b"Body=yes", sign("12345", url))
    assert not gateway.is_genuine(SCHOOL, forged)
    assert not gateway.is_genuine(SCHOOL, with_header(forged, "content-type", "text/plain"))


def test_an_address_without_a_body_is_signed_alone():
    url = "https://s.example.org/?a=1"
    assert gateway.is_genuine(SCHOOL, RawRequest("GET", url, {"x-twilio-signature": sign("12345", url)}, b""))


def test_a_form_of_a_million_fields_is_refused_at_once():
    url, signature = "https://s.example.org/", sign("12345", "https://s.example.org/a")
    assert gateway.is_genuine(SCHOOL, request(url, b"a=&" * 10, signature))
    assert not gateway.is_genuine(SCHOOL, request(url, b"a=&" * 1_000_000, signature))
