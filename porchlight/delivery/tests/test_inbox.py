"""T8, T9, T10, T38a. What comes back: once however often it comes, in any order, only from who may say it; and acted on at once."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.delivery.content import Urgency
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.inbox.processing import process_parked, process_waiting
from porchlight.delivery.models import Account, Delivery, InboundEvent, Parcel, WebhookRoute
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.families.models import Address, AddressState, Consent
from porchlight.schools.models import School

pytestmark = on_both_databases

APP_SECRET = "a" * 32
NUMBER_ID = "106540352242922"
STATUSES = ("sent", "delivered", "read", "failed")


@pytest.fixture
def whatsapp(school: School) -> Account:
    return cast.account(
        school,
        "whatsapp_cloud",
        sender="+441632960001",
        settings={"phone_number_id": NUMBER_ID},
        secrets={"access_token": "t", "app_secret": APP_SECRET, "verify_token": "v" * 20},
    )


def path_of(account: Account) -> str:
    return WebhookRoute.objects.get(account=account).path


def signed(body: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


def change(**value) -> bytes:
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER_ID}, **value}
    return json.dumps(
        {
            "object": "whatsapp_business_account",
            "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
        }
    ).encode()


def words(text: str, *, wamid: str = "wamid.1", sender: str = "447700900001", **contact) -> bytes:
    message = {"from": sender, "id": wamid, "timestamp": "1791900000", "type": "text", "text": {"body": text}}
    return change(contacts=[{"wa_id": sender, "profile": {"name": "Imran"}, **contact}], messages=[message])


def status(wamid: str, name: str, reference: str = "", **fields) -> bytes:
    row = {"id": wamid, "status": name, "timestamp": "1791900000", "recipient_id": "447700900001", **fields}
    if reference:
        row["biz_opaque_callback_data"] = reference
    if name == "failed":
        row["errors"] = [{"code": 131026, "title": "undeliverable"}]
    return change(statuses=[row])


def post(account: Account, body: bytes, headers: dict[str, str] | None = None):
    headers = signed(body) if headers is None else headers
    return Client().post(path_of(account), body, content_type="application/json", headers=headers)


def receive(account: Account, body: bytes, at=TUESDAY) -> None:
    with time_machine.travel(at, tick=False):
        assert post(account, body).status_code == 200
        process_waiting()


@pytest.fixture
def home(school: School, whatsapp: Account) -> cast.Home:
    made = cast.home(school, 1, channel="whatsapp", speaks="en", reads="en")
    made.address.window_until = TUESDAY + timedelta(hours=20)
    made.address.save()
    return made


def test_a_thousand_repetitions_are_one_row(whatsapp: Account, home: cast.Home) -> None:
    body = words("Hamza is ill")
    client, headers, path = Client(), signed(body), path_of(whatsapp)
    codes = {
        client.post(path, body, content_type="application/json", headers=headers).status_code
        for _ in range(1000)
    }
    assert codes == {200}
    assert InboundEvent.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(b"other body"),
        signed(words("x"), "b" * 32),
        {"X-Hub-Signature-256": "sha1=" + "0" * 40},
        {"X-Hub-Signature-256": "sha256="},
        {"X-Hub-Signature": "sha256=" + "0" * 64},
    ],
)
def test_a_forgery_writes_nothing_and_learns_nothing(whatsapp: Account, headers: dict[str, str]) -> None:
    forged = post(whatsapp, words("x"), headers)
    stranger = Client().post("/hooks/whatsapp_cloud/nosuchkey/", words("x"), content_type="application/json")
    assert (forged.status_code, forged.content) == (stranger.status_code, stranger.content) == (403, b"no")
    assert not InboundEvent.objects.exists()


def test_another_schools_secret_opens_nothing(whatsapp: Account, other_school: School) -> None:
    other = cast.account(
        other_school,
        "whatsapp_cloud",
        settings={"phone_number_id": NUMBER_ID},
        secrets={"access_token": "t", "app_secret": "c" * 32, "verify_token": "w" * 20},
    )
    assert post(other, words("x"), signed(words("x"))).status_code == 403
    assert not InboundEvent.objects.exists()


def test_a_body_over_the_cap_is_refused(whatsapp: Account) -> None:
    body = b"x" * (3 * 1024 * 1024 + 1)
    assert post(whatsapp, body, signed(body)).status_code == 403


def test_the_handshake_answers_the_challenge_and_nothing_else(whatsapp: Account) -> None:
    ask = {"hub.mode": "subscribe", "hub.challenge": "12345", "hub.verify_token": "v" * 20}
    assert Client().get(path_of(whatsapp), ask).content == b"12345"
    assert Client().get(path_of(whatsapp), {**ask, "hub.verify_token": "guess"}).status_code == 403


@pytest.mark.parametrize("order", list(itertools.permutations(STATUSES)))
def test_every_order_of_statuses_ends_the_same(
    whatsapp: Account, school: School, home: cast.Home, order
) -> None:
    delivery = cast.sent(school, home)
    for name in order:
        receive(whatsapp, status("wamid.9", name, delivery.reference))
    delivery.refresh_from_db()
    assert (delivery.status, delivery.stopped, delivery.provider_id) == (Status.READ, "", "wamid.9")


def test_a_status_before_its_message_is_parked_and_joins_later(
    whatsapp: Account, school: School, home: cast.Home
) -> None:
    delivery = cast.sent(school, home)
    receive(whatsapp, status("wamid.7", "delivered"))
    assert InboundEvent.objects.get().outcome == "parked"
    Delivery.objects.update(status=Status.SENT, provider_id="wamid.7")
    assert process_parked(TUESDAY + timedelta(seconds=5)) == 1
    delivery.refresh_from_db()
    assert delivery.status == Status.DELIVERED


def test_a_failure_tries_the_next_way_and_a_bad_number_is_marked(
    whatsapp: Account, school: School, home: cast.Home
) -> None:
    cast.account(school)
    cast.reach(school, home.guardian, "+447700900500", rank=2)
    delivery = cast.sent(school, home)
    receive(whatsapp, status("wamid.3", "failed", delivery.reference))
    ways = list(Delivery.objects.order_by("pk").values_list("channel", "status", "stopped"))
    assert ways == [("whatsapp", Status.FAILED, "next_channel"), ("sms", Status.QUEUED, "")]


@pytest.mark.parametrize("text", ["STOP", "stop please", "band karo", "بند کرو", "Unsubscribe"])
def test_stop_ends_everything_on_the_address_at_once_and_is_confirmed_once(
    whatsapp: Account, school: School, home: cast.Home, text: str
) -> None:
    for n in range(2):
        receive(whatsapp, words(text, wamid=f"wamid.{n}"))
    address = Address.objects.get(pk=home.address.pk)
    assert address.opted_out_at == TUESDAY
    assert [row.given for row in Consent.objects.all()] == [False]
    assert Parcel.objects.filter(service_kind="stop_confirmed").count() == 1
    refused = plan(
        school=school,
        recipients=[home.recipient],
        content_for=lambda _who: cast.words(),
        urgency=Urgency.ORDINARY,
        now=TUESDAY,
    )
    assert refused[0].not_reached == "opted_out"


def test_start_after_stop_opens_the_address_again(whatsapp: Account, home: cast.Home) -> None:
    for n, text in enumerate(("STOP", "START")):
        receive(whatsapp, words(text, wamid=f"wamid.{n}"))
    assert Address.objects.get(pk=home.address.pk).opted_out_at is None
    assert [row.given for row in Consent.objects.order_by("pk")] == [False, True]


def test_a_strangers_stop_is_kept(whatsapp: Account, school: School) -> None:
    receive(whatsapp, words("STOP", sender="447700900888"))
    assert Address.objects.get(value="+447700900888").opted_out_at == TUESDAY


def test_help_is_answered_with_the_schools_name_and_number(whatsapp: Account, home: cast.Home) -> None:
    receive(whatsapp, words("HELP"))
    text = Parcel.objects.get(service_kind="help").text
    assert "Maple Street School" in text
    assert "01632 960001" in text


def test_any_word_from_home_opens_the_window_and_confirms_the_address(
    whatsapp: Account, home: cast.Home
) -> None:
    Address.objects.update(window_until=None)
    receive(whatsapp, words("salaam"))
    address = Address.objects.get(pk=home.address.pk)
    said_at = datetime.fromtimestamp(1791900000, UTC)  # a day from when they wrote, not from when it arrived
    assert (address.window_until, address.confirmed_at) == (said_at + timedelta(hours=24), said_at)


def test_wrong_number_ends_everything_to_the_address(whatsapp: Account, home: cast.Home) -> None:
    receive(whatsapp, words("wrong number"))
    address = Address.objects.get(pk=home.address.pk)
    assert (address.state, address.state_reason) == (AddressState.BAD, "wrong_number")


def test_a_known_number_under_another_identity_is_demoted(whatsapp: Account, home: cast.Home) -> None:
    receive(whatsapp, words("hello", wamid="wamid.a", user_id="GB.1"))
    assert Address.objects.get(pk=home.address.pk).user_id == "GB.1"
    receive(whatsapp, words("hello", wamid="wamid.b", user_id="GB.2"))
    assert Address.objects.get(pk=home.address.pk).state == AddressState.NOTICE_ONLY


def test_a_poisonous_event_harms_no_other_and_stays_visible(whatsapp: Account, home: cast.Home) -> None:
    receive(whatsapp, words("one"))
    InboundEvent.objects.update(processed_at=None, outcome="", event={"key": "x", "sender": {"nonsense": 1}})
    post(whatsapp, words("two", wamid="wamid.2"))
    for _ in range(6):
        WebhookRoute.objects.update(waiting_since=TUESDAY)
        process_waiting()
    outcomes = dict(InboundEvent.objects.values_list("provider_key", "outcome"))
    assert outcomes["wamid.1"].startswith("failed: ")
    assert not outcomes["wamid.2"].startswith("failed")
