"""Only this phone's own, fresh webhooks count; and wrong settings are said with their remedy."""

import dataclasses

import pytest

from porchlight.delivery.gateways.office_phone.adapter import gateway
from porchlight.delivery.gateways.office_phone.tests.phone import Account, account, event, signed


def test_a_signed_webhook_is_genuine():
    assert gateway.is_genuine(account(), signed(event("system:ping")))


@pytest.mark.parametrize("age", [299, -299])
def test_clocks_may_differ_by_five_minutes(age):
    assert gateway.is_genuine(account(), signed(event("system:ping"), age=age))


@pytest.mark.parametrize("age", [302, -302, 8 * 86400])
def test_an_old_or_future_webhook_is_a_replay(age):
    assert not gateway.is_genuine(account(), signed(event("system:ping"), age=age))


def forged(**headers: str | None):
    request = signed(event("system:ping"))
    kept = {**request.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return dataclasses.replace(request, headers={k: v for k, v in kept.items() if v is not None})


def test_forgeries_are_refused():
    good = signed(event("system:ping"))
    assert not gateway.is_genuine(account(), forged(x_signature=None))
    assert not gateway.is_genuine(account(), forged(x_signature=""))
    assert not gateway.is_genuine(account(), forged(x_signature="é"))
    assert not gateway.is_genuine(account(), forged(x_signature=good.headers["x-signature"][:32]))
    assert not gateway.is_genuine(account(), forged(x_signature=good.headers["x-signature"] + ", x"))
    assert not gateway.is_genuine(account(), forged(x_timestamp=None))
    assert not gateway.is_genuine(account(), forged(x_timestamp="٣"))
    assert not gateway.is_genuine(account(), signed(event("system:ping"), key="another school's key"))
    assert not gateway.is_genuine(account(), dataclasses.replace(good, body=good.body + b" "))
    assert not gateway.is_genuine(account(), dataclasses.replace(good, method="GET"))


def test_an_account_without_a_key_trusts_nobody():
    assert not gateway.is_genuine(Account({}, {}), signed(event("system:ping"), key=""))


def test_the_phone_has_no_handshake():
    assert gateway.greet(account(), dataclasses.replace(signed(b""), method="GET")) is None


def test_good_settings_have_no_problems():
    assert gateway.problems(account("https://api.sms-gate.app/3rdparty/v1", sim="1")) == []
    assert gateway.problems(account("http://192.168.1.20:8080")) == []
    assert gateway.problems(account("http://phone.local:8080")) == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (account(""), "Address of the phone's service is missing"),
        (account("http://sms.example.org"), "unprotected"),
        (account(username=""), "User name is empty"),
        (account(country="England"), "“England” is no country"),
        (account(sim="4"), "SIM card must be"),
        (dataclasses.replace(account(), secrets={"password": "x"}), "Signing key is empty"),
        (dataclasses.replace(account(), sender=""), "The number families see is missing"),
    ],
)
def test_each_wrong_setting_is_said_with_its_remedy(found, words):
    [problem] = gateway.problems(found)
    assert words in problem
