"""Only a provider's own webhooks count, each school's with its own secret, whatever a stranger tries."""

from dataclasses import replace

import pytest

from porchlight.delivery.gateways.contract import RawRequest
from porchlight.delivery.gateways.email import providers
from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.tests import hooks as w
from porchlight.delivery.gateways.email.tests.samples import KEY, LOGIN, account

MAIL = {"FromFull": {"Email": "a@b.example"}, "ToFull": [], "TextBody": "1", "Headers": []}
FORM = {"recipient": "a@b.example", "sender": "c@d.example", "message-headers": "[]", "body-plain": "1"}
STATUS = {
    "event-data": {"event": "delivered", "timestamp": 1.5, "message": {"headers": {"message-id": "x@y"}}}
}


def with_headers(request: RawRequest, **headers: str | None) -> RawRequest:
    merged = {**request.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return replace(request, headers={name: value for name, value in merged.items() if value is not None})


@pytest.mark.parametrize("age", [0, 8 * 3600, -300])
def test_mailguns_signature_is_good_as_long_as_mailgun_repeats_itself(age):
    assert gateway.is_genuine(account("mailgun"), w.as_form(w.mailgun_signed(FORM, age=age)))
    status = w.as_json(w.mailgun_status(STATUS, age=age), login="")
    assert gateway.is_genuine(account("mailgun"), status)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        FORM,
        w.mailgun_signed(FORM, key="another school's key"),
        {**w.mailgun_signed(FORM), "token": "other"},
        {**w.mailgun_signed(FORM), "timestamp": "1"},
        {**w.mailgun_signed(FORM), "timestamp": ""},
        {**w.mailgun_signed(FORM), "signature": "0" * 64},
        {**w.mailgun_signed(FORM), "signature": ""},
        {**w.mailgun_signed(FORM), "signature": "é" * 64},
        w.mailgun_signed(FORM, age=13 * 3600),
        w.mailgun_signed(FORM, age=-13 * 3600),
    ],
)
def test_forged_mailgun_forms_are_refused(fields):
    assert not gateway.is_genuine(account("mailgun"), w.as_form(fields))


def test_of_fields_given_twice_mailguns_own_come_last():
    good = w.mailgun_signed(FORM)
    request = w.as_form(good)
    prefixed = replace(request, body=b"signature=forged&token=forged&timestamp=1&" + request.body)
    appended = replace(request, body=request.body + b"&signature=forged")
    assert gateway.is_genuine(account("mailgun"), prefixed)
    assert not gateway.is_genuine(account("mailgun"), appended)


@pytest.mark.parametrize(
    "payload",
    [
        STATUS,
        w.mailgun_status(STATUS, key="another school's key"),
        w.mailgun_status(STATUS, age=13 * 3600),
        {**STATUS, "signature": "text"},
        {**STATUS, "signature": {"timestamp": 1, "token": 2, "signature": 3}},
        {**STATUS, "signature": {}},
        [],
        5,
    ],
)
def test_forged_mailgun_statuses_are_refused(payload):
    assert not gateway.is_genuine(account("mailgun"), w.as_json(payload, login=""))


def test_a_login_beside_the_signature_must_be_right_too():
    school = account("mailgun", secrets={"signing_key": KEY, "webhook_login": LOGIN})
    request = w.as_form(w.mailgun_signed(FORM))
    assert not gateway.is_genuine(school, request)
    assert gateway.is_genuine(school, with_headers(request, **w.basic(LOGIN)))


def test_mandrill_signs_address_and_fields():
    school, request = account("mandrill"), w.mandrill([{"event": "send", "_id": "m"}])
    assert gateway.is_genuine(school, request)
    assert not gateway.is_genuine(school, w.mandrill([], key="another school's key"))
    assert not gateway.is_genuine(school, with_headers(request, x_mandrill_signature=None))
    assert not gateway.is_genuine(school, replace(request, url=w.URL + "other/"))
    assert not gateway.is_genuine(school, replace(request, body=request.body + b"&a=1"))
    assert not gateway.is_genuine(school, replace(request, body=b""))
    claimed = with_headers(
        request, x_mandrill_signature=None, host="mandrillapp.com", x_forwarded_host="mandrillapp.com"
    )
    assert not gateway.is_genuine(school, claimed)


def test_behind_a_login_mandrill_signs_the_address_with_it():
    import base64
    import hashlib
    import hmac
    import json

    school = account("mandrill", secrets={"signing_key": KEY, "webhook_login": LOGIN})
    payload = json.dumps([{"event": "send", "_id": "m"}])
    signed = w.URL.replace("https://", f"https://{LOGIN}@") + "mandrill_events" + payload
    signature = base64.b64encode(hmac.new(KEY.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    request = with_headers(
        w.as_form({"mandrill_events": payload}, login=LOGIN), x_mandrill_signature=signature
    )
    assert gateway.is_genuine(school, request)
    assert not gateway.is_genuine(account("mandrill"), request)


@pytest.mark.parametrize("provider", ["postmark", "mailjet", "brevo"])
@pytest.mark.parametrize(
    "login", ["", "porchlight", "porchlight:", "porchlight:wrong", LOGIN + " ", LOGIN.upper(), "é:é", "oak:another long password"]
)  # fmt: skip
def test_a_wrong_login_is_refused(provider, login):
    assert not gateway.is_genuine(account(provider), w.as_json(MAIL, login=login))


@pytest.mark.parametrize("value", ["Basic", "Basic !!!", "Basic " + "=" * 8, "Digest x", "basic\tx", "", "é"])
def test_a_broken_authorization_is_refused(value):
    request = with_headers(w.as_json(MAIL), authorization=value)
    assert not gateway.is_genuine(account("postmark"), request)


@pytest.mark.parametrize("provider", list(providers.PROVIDERS))
def test_without_secrets_nobody_is_trusted(provider):
    for secrets in ({}, {"webhook_login": "", "signing_key": ""}):
        school = account(provider, secrets=secrets)
        for request in (
            w.as_json(MAIL, login=""),
            w.as_json(MAIL, login=":"),
            w.as_form(w.mailgun_signed(FORM, key="")),
            w.mandrill([], key=""),
        ):
            assert not gateway.is_genuine(school, request)


def test_without_a_provider_nobody_is_trusted():
    assert not gateway.is_genuine(account(), w.as_json(MAIL))
    assert not gateway.is_genuine(account("sendgrid"), w.as_json(MAIL))


def test_a_get_is_refused_and_never_greeted():
    asked = replace(w.as_json(MAIL), method="GET")
    assert not gateway.is_genuine(account("postmark"), asked)
    assert gateway.greet(account("postmark"), asked) is None
