"""The pretend push service refuses what a real one would, and its browsers show what was sealed for them alone."""

from __future__ import annotations

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import practice
from practice.push_browser import from_base64, to_base64
from practice.tests.asking import ask

SCHOOL, OTHER = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
RAW = Encoding.X962, PublicFormat.UncompressedPoint


def public(key) -> str:
    return to_base64(key.public_key().public_bytes(*RAW))


def vapid(town, key=SCHOOL, **claims) -> str:
    said = {"aud": town.url, "exp": 4_000_000_000, "sub": "mailto:office@example.org", **claims}
    return f"vapid t={jwt.encode(said, key, algorithm='ES256')}, k={public(key)}"


@pytest.fixture
def town():
    with practice.town_in_thread() as town:
        town.register_phone(id="khan", owner="Bilal Khan", number="+447700900123")
        yield town


def push(town, browser, body="x" * 200, **headers):
    said = {"TTL": "60", "Content_Encoding": "aes128gcm", "Authorization": vapid(town), **headers}
    return ask(
        "POST", browser["endpoint"], body=body, **{name: value for name, value in said.items() if value}
    )


def test_what_no_push_service_takes(town):
    browser = town.subscribe("khan", public(SCHOOL))
    status = lambda **how: push(town, browser, **how)[0]  # noqa: E731 - read as a table
    assert status(TTL="") == 400
    assert status(Content_Encoding="aesgcm") == 400
    assert status(Urgency="now") == 400
    assert status(Topic="with spaces") == 400
    assert status(body="x" * 4095) == 413
    assert status(Authorization="") == 401
    for wrong in (
        vapid(town, OTHER),
        vapid(town, aud="https://elsewhere.example.org"),
        vapid(town, exp=1),
        vapid(town, sub="nobody"),
        vapid(town)[:-9] + "AAAAAAAAA",
    ):
        assert status(Authorization=wrong) == 403
    assert ask("POST", f"{town.url}/push/unknown", body="x")[0] == 404
    town.unsubscribe(browser["endpoint"])
    assert status() == 410
    assert town.received("khan", "push") == []


def test_what_is_not_sealed_for_it_no_browser_shows(town):
    browser = town.subscribe("khan", public(SCHOOL))
    assert push(town, browser)[0] == 201
    assert town.received("khan", "push") == []
    assert len(from_base64(browser["keys"]["p256dh"])) == 65
    town.set_weather("push", rude="429", retry_after=7)
    assert push(town, browser)[0] == 429
