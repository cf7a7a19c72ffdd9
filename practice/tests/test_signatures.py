"""The town signs as the real gateways do: published vectors, byte for byte."""

from __future__ import annotations

import hashlib
import json

import pytest

from practice import signing


@pytest.mark.shared
def test_meta_signs_the_body_that_meta_signed(shared):
    vector = json.loads((shared / "standards/whatsapp-cloud/signature-vector-meta-real.json").read_text())
    assert signing.meta_signature(vector["app_secret"], vector["body_utf8"].encode()) == vector["header"]
    assert (
        signing.meta_signature(vector["app_secret"], vector["body_utf8"].encode() + b" ") != vector["header"]
    )


@pytest.mark.shared
def test_twilio_signs_as_twilios_own_library_checks(shared):
    book = json.loads((shared / "standards/sms-gateways/twilio-signature-vectors.json").read_text())
    for vector in book["vectors"]:
        made = signing.twilio_signature(book["auth_token"], vector["url"], vector.get("params"))
        assert (made == vector["signature"]) is vector["valid"], vector["note"]


def test_the_phone_signs_body_then_timestamp():
    # RFC 4231, test case 2, split between body and timestamp
    body, stamp = b"what do ya want ", "for nothing?"
    assert signing.office_phone_signature("Jefe", body, stamp) == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_mailgun_signs_timestamp_then_token():
    assert signing.mailgun_signature("Jefe", "what do ya want ", "for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    assert len(hashlib.sha256().hexdigest()) == len(signing.mailgun_signature("k", "1", "t"))
