"""Believed only when signed, kept only once, answered at once, and silent about why not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from porchlight.delivery.gateways.contract import RawRequest
from porchlight.delivery.gateways.tests.table import Table
from porchlight.delivery.gateways.tests.test_contract import that_hears
from porchlight.delivery.models import InboundEvent, WebhookRoute
from porchlight.delivery.tests import cast, hooks
from porchlight.delivery.tests.hooks import path_of, post, process, text_from
from porchlight.delivery.tests.kit import on_both_databases

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]
WORDS = text_from("+447700900001", "Thank you")


@pytest.fixture
def account(school, town):
    return cast.whatsapp(school, town)


def refused(response) -> bool:
    return (response.status_code, response.content) == (403, b"no")


def nothing_was_written() -> bool:
    return not InboundEvent.objects.exists() and not WebhookRoute.objects.exclude(waiting_since=None).exists()


def test_a_genuine_webhook_is_stored_and_answered_with_nothing(account):
    response = post(account, WORDS)
    assert (response.status_code, response.content) == (200, b"")
    event = InboundEvent.objects.get()
    assert (event.kind, event.account, event.processed_at) == ("heard", account, None)
    assert event.event["text"] == "Thank you"
    assert event.raw
    assert WebhookRoute.objects.get().waiting_since == cast.TUESDAY


def test_a_thousand_repetitions_make_one_row(account):
    """T9. Sixteen at the same moment: `tests/test_all_at_once.py`."""
    client = Client()
    assert {post(account, WORDS, client=client).status_code for _ in range(1000)} == {200}
    assert InboundEvent.objects.count() == 1


def test_repetitions_over_eight_days_stay_one_row_and_one_message(account, clock, ears):
    """T9. Meta repeats itself for seven days; the database remembers, not a cache."""
    for hour in range(0, 8 * 24, 12):
        clock.now = cast.TUESDAY + timedelta(hours=hour)
        assert post(account, WORDS).status_code == 200
        process()
    assert (InboundEvent.objects.count(), len(ears.heard)) == (1, 1)
    assert InboundEvent.objects.get().received_at == cast.TUESDAY


def test_whatever_is_forged_writes_nothing_and_learns_nothing(account, school, other_school, town):
    """T8. Every gateway's own table of forgeries: `gateways/tests/test_contract.py`."""
    another = cast.whatsapp(other_school, town, name="oak")
    body = json.dumps(WORDS).encode()
    path, send = path_of(account), Client().post
    json_body = {"content_type": "application/json"}

    def signed(value: str) -> dict[str, str]:
        return {"X-Hub-Signature-256": value}

    attempts = [
        send(path, body, **json_body),
        post(account, WORDS, secret="wrong"),
        post(account, WORDS, secret=another.secrets["app_secret"] + "x"),
        send(path, body, **json_body, headers=signed("")),
        send(path, body, **json_body, headers=signed("sha256=")),
        send(path, body, **json_body, headers=signed("sha1=" + "0" * 40)),
        send(path, body, **json_body, headers=signed("sha256=" + "0" * 63)),
        send(path, body, **json_body, headers=signed("sha256=" + "é" * 64)),
        send(
            path,
            body,
            **json_body,
            headers={"X-Forwarded-Host": "graph.facebook.com", **signed("sha256=" + "0" * 64)},
        ),
        send(path.replace("whatsapp_cloud", "twilio_sms"), body, **json_body),
        send(path[:-3] + "xx/", body, **json_body),
        send("/hooks/nobody/knows/", body, **json_body),
        send(path, b"x" * (3 * 1024 * 1024 + 1), **json_body),
        Client().get(path),
        Client().get(path, {"hub.mode": "subscribe", "hub.verify_token": "guess", "hub.challenge": "42"}),
    ]
    assert [place for place, response in enumerate(attempts) if not refused(response)] == []
    assert nothing_was_written()


@that_hears
def test_every_gateways_forgeries_get_the_same_few_bytes_and_write_nothing(table: Table, school, settings):
    """T8. And the genuine one beside them, so that it is not the test that is wrong, is taken."""
    case = table.made_up[0]
    theirs = table.account("https://gateway.example.org")
    there = cast.account(
        school, table.gateway.name, sender=theirs.sender,
        settings={**theirs.settings, **case.settings}, secrets=dict(theirs.secrets),
    )  # fmt: skip
    settings.BASE_URL = "https://school.example.org"  # whom the tables' forgeries claim to be, or not to be
    WebhookRoute.objects.filter(account=there).update(key="k7mxq2")
    path = path_of(there) + (f"?{case.query}" if case.query else "")
    plain = RawRequest("POST", settings.BASE_URL + path, {"content-type": table.content_type}, case.body)
    genuine, others = table.sign(theirs, plain), table.sign(table.another_school, plain)
    shown = table.signature_of(genuine)
    spoofed = {"X-Forwarded-Host": "gateway.example.org", "X-Forwarded-For": "::1", "X-Real-Ip": "::1"}
    forged = [
        plain,
        others,
        table.with_signature(genuine, shown[:-1]),
        table.with_signature(genuine, f"{shown}, {shown}"),
        replace(plain, headers={**plain.headers, **spoofed}),
        *(forge(theirs, genuine) for forge in table.forgeries.values()),
    ]
    if table.signs_body:
        forged += [replace(genuine, body=genuine.body + b"&a=1"), replace(genuine, body=b"")]
    answers = [goes_in(one) for one in forged]
    assert [place for place, response in enumerate(answers) if not refused(response)] == []
    assert nothing_was_written()
    assert goes_in(genuine).status_code == 200
    assert InboundEvent.objects.exists()


def goes_in(request: RawRequest):
    there, kind = urlsplit(request.url), request.headers["content-type"]
    headers = {name: value for name, value in request.headers.items() if name not in {"content-type", "host"}}
    where = f"{there.path}?{there.query}" if there.query else there.path
    return Client().generic(request.method, where, request.body, content_type=kind, headers=headers)


def test_a_body_changed_on_the_way_is_refused(account):
    body = json.dumps(WORDS).encode()
    good = post(account, WORDS)
    assert good.status_code == 200
    InboundEvent.objects.all().delete()
    WebhookRoute.objects.update(waiting_since=None)
    signature = hooks.hmac.new(account.secrets["app_secret"].encode(), body, "sha256").hexdigest()
    changed = body.replace(b"Thank", b"Thonk")
    response = Client().post(
        path_of(account),
        changed,
        content_type="application/json",
        headers={"X-Hub-Signature-256": f"sha256={signature}"},
    )
    assert refused(response)
    assert nothing_was_written()


def test_another_schools_secret_opens_nothing_here(account, other_school, town):
    another = cast.whatsapp(other_school, town, name="oak")
    assert refused(post(account, WORDS, secret=another.secrets["app_secret"]))
    assert nothing_was_written()


def test_a_closed_account_answers_nobody(account):
    WebhookRoute.objects.update(closed_at=cast.TUESDAY)
    assert refused(post(account, WORDS))


def test_the_handshake_is_answered_with_the_challenge(account):
    asked = {
        "hub.mode": "subscribe",
        "hub.verify_token": account.secrets["verify_token"],
        "hub.challenge": "1158",
    }
    response = Client().get(path_of(account), asked)
    assert (response.status_code, response.content) == (200, b"1158")


def test_other_methods_are_not_for_here(account):
    assert {getattr(Client(), verb)(path_of(account)).status_code for verb in ("put", "delete", "patch")} == {
        405
    }


def test_a_gateway_is_asked_to_come_again_when_the_account_cannot_be_read(account):
    account.sealed_secrets = "1.broken"
    account.save()
    response = Client().post(path_of(account), b"{}", content_type="application/json")
    assert (response.status_code, response.content) == (503, b"")
    assert response["Retry-After"] == "5"


def test_what_nobody_knows_is_kept_as_ignored(account):
    payload = hooks.value(field="weather_update", sun=True)
    assert post(account, payload).status_code == 200
    assert hooks.process() == InboundEvent.objects.count()
    assert {event.outcome.partition(":")[0] for event in InboundEvent.objects.all()} <= {"ignored"}
