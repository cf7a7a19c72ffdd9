"""The school's own phone: its answers and webhooks are held to the app's published schema."""

from __future__ import annotations

import json
import time

import pytest

import practice
from practice.signing import office_phone_signature
from practice.tests.asking import ask, basic
from practice.tests.schema import check

PAYLOADS = {
    "sms:received": "SmsReceivedPayload",
    "sms:sent": "SmsSentPayload",
    "sms:delivered": "SmsDeliveredPayload",
    "sms:failed": "SmsFailedPayload",
}


@pytest.fixture
def town(callback):
    with practice.town_in_thread(status_pause=0) as town:
        town.register_account(gateway="office_phone", name="maple", callback=callback.url)
        town.register_phone(id="yousaf", owner="Mr Yousaf", number="+447700900123", channels=["sms"])
        yield town


@pytest.fixture
def book(shared):
    return json.loads((shared / "standards/sms-gateways/android-sms-gateway-swagger.json").read_text())


def request(town, method, path, body=None, password="practice-password-maple"):
    return ask(method, town.url + path, body, Authorization=basic("maple", password))


def send(town, path="/messages", **body):
    message = {"phoneNumbers": ["+447700900123"], "textMessage": {"text": "No school tomorrow."}, **body}
    return request(town, "POST", path, {name: value for name, value in message.items() if value is not None})


def events(town, callback):
    town.settle()
    return [json.loads(post.body) for post in callback.posts]


@pytest.mark.parametrize("path", ["/messages", "/message", "/api/messages", "/3rdparty/v1/messages"])
def test_a_text_is_taken_with_the_schemas_answer(town, book, path):
    status, answer, headers = send(town, path, id="ref-1")
    assert status == 202
    check(answer, book["components"]["schemas"]["smsgateway.GetMessageResponse"], book)
    assert (answer["id"], answer["state"]) == ("ref-1", "Pending")
    assert headers["location"].endswith("/messages/ref-1")
    assert [line.text for line in town.received("yousaf")] == ["No school tomorrow."]


def test_its_state_can_be_asked_for(town, book):
    send(town, id="ref-1")
    status, answer, _ = request(town, "GET", "/messages/ref-1")
    check(answer, book["components"]["schemas"]["smsgateway.GetMessageResponse"], book)
    assert (status, answer["state"], list(answer["states"])) == (
        200, "Delivered", ["Pending", "Processed", "Sent", "Delivered"],
    )  # fmt: skip
    assert request(town, "GET", "/messages/nothing")[0] == 404
    _, listed, headers = request(town, "GET", "/messages?state=Delivered&limit=1")
    assert ([row["id"] for row in listed], headers["x-total-count"]) == (["ref-1"], "1")


@pytest.mark.shared
def test_every_webhook_fits_the_schema_and_is_signed(town, callback, book):
    send(town, id="ref-1")
    send(town, id="ref-2", phoneNumbers=["+447700900999"])
    send(town, id="ref-3", phoneNumbers=["not a number"])
    town.answer("yousaf", channel="sms", text="ہاں")
    said = events(town, callback)
    for event in said:
        check(event, book["components"]["schemas"]["WebHookEvent"], book)
        check(event["payload"], book["components"]["schemas"][PAYLOADS[event["event"]]], book, "payload")
    told = sorted((event["event"], event["payload"].get("messageId", "")) for event in said)
    assert [what for what in told if what[0] != "sms:received"] == [
        ("sms:delivered", "ref-1"),
        ("sms:failed", "ref-2"),
        ("sms:failed", "ref-3"),
        ("sms:sent", "ref-1"),
    ]
    key = town.call(lambda t: t.accounts["maple"].signing_key)
    for post in callback.posts:
        stamp = post.headers["x-timestamp"]
        assert abs(time.time() - int(stamp)) < 60
        assert post.headers["x-signature"] == office_phone_signature(key, post.body, stamp)


def test_letting_it_ring_is_told_in_the_same_envelope(town, callback, book):
    town.answer("yousaf", ring=True)
    [event] = events(town, callback)
    assert event["event"] == "call:ringing"  # the schema has no event for a call: everything else is of it
    check({**event, "event": "sms:received"}, book["components"]["schemas"]["WebHookEvent"], book)
    payload = event["payload"]
    check(payload, book["components"]["schemas"]["SmsReceivedPayload"], book, "payload")
    assert payload["phoneNumber"] == "+447700900123"


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"textMessage": None}, 400, "Must specify exactly one of: textMessage, dataMessage, or message"),
        ({"message": "x"}, 400, "Cannot specify multiple message types simultaneously"),
        ({"textMessage": {"text": ""}}, 400, "Text message is empty"),
        ({"phoneNumbers": []}, 400, "phoneNumbers is empty"),
        ({"simNumber": 0}, 400, "simNumber must be >= 1"),
        (
            {"textMessage": None, "dataMessage": {"data": "eA==", "port": 1}},
            400,
            "The practice phone sends text only",
        ),
        ({"textMessage": "x"}, 400, "Invalid request body"),
        ({"id": "x" * 37}, 400, "Too many phoneNumbers, or id too long"),
        ({"ttl": 60, "validUntil": "2026-05-05T15:10:00Z"}, 400, "ttl and validUntil cannot both be set"),
    ],
)
def test_what_the_app_refuses_is_refused(town, body, status, message):
    assert send(town, **body)[:2] == (status, {"message": message})


def test_the_same_id_twice_is_refused_and_shown_once(town):
    assert send(town, id="ref-1")[0] == 202
    assert send(town, id="ref-1")[0] == 409
    assert len(town.received("yousaf")) == 1


def test_a_wrong_password_opens_nothing(town):
    assert request(town, "GET", "/messages", password="wrong")[0] == 401
    assert request(town, "GET", "/health")[1]["status"] == "pass"


def test_webhooks_registered_over_the_wire_get_their_event_alone(town, callback, book):
    town.register_account(gateway="office_phone", name="maple")
    hook = {"id": "mine", "url": callback.url + "mine/", "event": "sms:delivered"}
    status, row, _ = request(town, "POST", "/webhooks", hook)
    assert (status, row) == (201, hook)
    check(row, book["components"]["schemas"]["smsgateway.Webhook"], book)
    send(town, id="ref-1")
    assert [(e["event"], e["webhookId"]) for e in events(town, callback)] == [("sms:delivered", "mine")]
    assert request(town, "POST", "/webhooks", {**hook, "url": "http://example.org/"})[0] == 400
    assert request(town, "POST", "/webhooks", {**hook, "event": "sms:lost"})[0] == 400
    assert request(town, "GET", "/webhooks")[1] == [hook]
    assert request(town, "DELETE", "/webhooks/mine")[0] == 204
    assert request(town, "GET", "/webhooks")[1] == []


def test_a_body_that_is_no_json_is_refused(town):
    auth = basic("maple", "practice-password-maple")
    status, answer, _ = ask("POST", town.url + "/messages", form={"a": "b"}, Authorization=auth)
    assert (status, answer) == (400, {"message": "Invalid JSON"})
    assert request(town, "GET", "/messages?limit=many")[0] == 400
    assert ask("GET", town.url + "/messages", Authorization="Bearer x")[0] == 401


def test_a_deprecated_message_field_still_carries_the_text(town):
    assert send(town, textMessage=None, message="Old way")[0] == 202
    assert [line.text for line in town.received("yousaf")] == ["Old way"]


@pytest.mark.parametrize(
    ("weather", "status"),
    [({"rude": "500"}, 500), ({"rude": "429"}, 429), ({"rude": "code", "code": "503"}, 503)],
)
def test_a_rude_phone(town, weather, status):
    town.set_weather("office_phone", **weather)
    got, answer, headers = send(town)
    assert (got, set(answer)) == (status, {"message"})
    assert ("retry-after" in headers) is (status == 429)
    assert town.received("yousaf") == []


def test_no_more_than_fifty_webhooks_are_kept(town, callback):
    hook = {"url": callback.url, "event": "sms:sent"}
    assert [request(town, "POST", "/webhooks", hook)[0] for _ in range(51)] == [201] * 50 + [400]
