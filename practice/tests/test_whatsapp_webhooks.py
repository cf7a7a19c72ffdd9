"""What the pretend WhatsApp posts, held to payloads the real one sent."""

from __future__ import annotations

import json

import pytest

import practice
from practice.signing import meta_signature
from practice.tests.asking import ask
from practice.tests.shapes import shape, without
from practice.tests.test_whatsapp_sending import buttons, rows, send, template

# Beyond the recorded payloads, from Meta's reference of the messages webhook: echoed reference and user ids.
LATER_FIELDS = ("biz_opaque_callback_data", "recipient_user_id", "recipient_parent_user_id", "from_user_id")
pytestmark = pytest.mark.shared


@pytest.fixture
def town(callback):
    with practice.town_in_thread(status_pause=0) as town:
        town.register_account(
            gateway="whatsapp", name="maple", phone_number_id="1122334455667", callback=callback.url
        )
        town.register_phone(
            id="yousaf", owner="Mr Yousaf", number="+447700900123", user_id="GB.13491208655302741918",
            parent_user_id="GB.ENT.11815799212886844830",
        )  # fmt: skip
        yield town


def recorded(shared, name):
    return json.loads((shared / "standards/whatsapp-cloud/pywa" / f"{name}.json").read_text())


def posted(town, callback):
    town.settle()
    return [json.loads(post.body) for post in callback.posts]


def from_home(bodies):
    """The one body that holds what the family said; reading our message was told beside it."""
    [body] = [b for b in bodies if "messages" in b["entry"][0]["changes"][0]["value"]]
    return body


def statuses(bodies):
    found = [
        change["value"].get("statuses", []) for b in bodies for e in b["entry"] for change in e["changes"]
    ]
    return [(status["status"], status["biz_opaque_callback_data"]) for listed in found for status in listed]


def test_a_text_from_home_has_the_recorded_shape(town, callback, shared):
    town.answer("yousaf", channel="whatsapp", text="Hamza bukhar hai")
    [body] = posted(town, callback)
    assert shape(without(body, *LATER_FIELDS)) == shape(recorded(shared, "message")["text"])
    [message] = body["entry"][0]["changes"][0]["value"]["messages"]
    assert (message["from"], message["text"]["body"]) == ("447700900123", "Hamza bukhar hai")


def test_every_byte_is_signed_and_beyond_ascii_escaped(town, callback):
    town.answer("yousaf", channel="whatsapp", text="ہاں، شکریہ 🙂")
    town.settle()
    [post] = callback.posts
    secret = town.call(lambda t: t.accounts["maple"].app_secret)
    assert post.headers["x-hub-signature-256"] == meta_signature(secret, post.body)
    assert post.body.isascii()
    assert rb"\u06c1" in post.body
    assert post.headers["content-type"] == "application/json"


def test_statuses_come_in_order_with_our_reference_in_the_recorded_shape(town, callback, shared):
    send(town, {**template("Hamza"), "biz_opaque_callback_data": "ref-7"})
    bodies = posted(town, callback)
    assert statuses(bodies) == [("sent", "ref-7"), ("delivered", "ref-7")]
    assert shape(without(bodies[0], *LATER_FIELDS)) == shape(recorded(shared, "message_status")["sent"])
    town.read("yousaf")
    read = posted(town, callback)[2]
    assert statuses([read]) == [("read", "ref-7")]
    assert shape(without(read, *LATER_FIELDS)) == shape(recorded(shared, "message_status")["read"])


def test_nobody_on_whatsapp_there_fails_with_a_reason_in_the_recorded_shape(town, callback, shared):
    town.register_phone(
        id="keypad", owner="Grandfather", number="+447700900124", channels=["sms"],
        user_id="GB.2", parent_user_id="GB.ENT.3",
    )  # fmt: skip
    send(town, {"to": "+447700900124", **template("Hamza"), "biz_opaque_callback_data": "ref-8"})
    [body] = posted(town, callback)
    assert statuses([body]) == [("failed", "ref-8")]
    assert shape(without(body, *LATER_FIELDS)) == shape(recorded(shared, "message_status")["failed"])
    status = body["entry"][0]["changes"][0]["value"]["statuses"][0]
    assert status["errors"][0]["code"] == 131026


@pytest.mark.parametrize(
    ("offer", "choice", "file", "name"),
    [
        (buttons("Yes", "No"), "key Yes", "callback_button", "button"),
        (rows(3), "1", "callback_selection", "callback"),
    ],
)
def test_a_pressed_option_has_the_recorded_shape(town, callback, shared, offer, choice, file, name):
    town.answer("yousaf", channel="whatsapp", text="Salaam")
    _, sent, _ = send(town, offer)
    town.settle()
    callback.posts.clear()
    town.answer("yousaf", choice=choice)
    body = from_home(posted(town, callback))
    assert shape(without(body, *LATER_FIELDS)) == shape(recorded(shared, file)[name])
    [message] = body["entry"][0]["changes"][0]["value"]["messages"]
    assert message["context"]["id"] == sent["messages"][0]["id"]


def test_a_templates_quick_reply_comes_back_with_its_payload(town, callback, shared):
    sending = template("Hamza")
    sending["template"]["components"].append(
        {
            "type": "button", "sub_type": "quick_reply", "index": "0",
            "parameters": [{"type": "payload", "payload": "ask:yes"}],
        }
    )  # fmt: skip
    send(town, sending)
    town.settle()
    callback.posts.clear()
    town.answer("yousaf", choice="ask:yes")
    body = from_home(posted(town, callback))
    real = recorded(shared, "callback_button")["quick_reply_without_context"]
    assert shape(without(body, "context")) == shape(real)
    [message] = body["entry"][0]["changes"][0]["value"]["messages"]
    assert message["button"]["payload"] == "ask:yes"


def test_a_hidden_number_never_crosses_the_wire(town, callback):
    town.register_phone(id="aunt", owner="Aunt", number="+447700900125", hides_number=True)
    town.answer("aunt", channel="whatsapp", text="Salaam")
    town.settle()
    [post] = callback.posts
    assert b"447700900125" not in post.body
    value = json.loads(post.body)["entry"][0]["changes"][0]["value"]
    assert value["messages"][0]["from_user_id"] == value["contacts"][0]["user_id"]
    assert value["contacts"][0]["profile"] == {"name": "Aunt", "username": "aunt"}


def test_template_events_have_the_recorded_shape(town, callback, shared):
    templates = f"{town.url}/control/accounts/maple/templates/"
    ask("POST", templates, {"name": "notice", "language": "en", "category": "marketing"})
    town.settle()
    ask("POST", templates, {"name": "notice", "language": "en", "status": "paused"})
    category, status = posted(town, callback)
    assert shape(category) == shape(recorded(shared, "template_category_update")["marketing"])
    assert category["entry"][0]["changes"][0]["value"]["new_category"] == "MARKETING"
    assert shape(status) == shape(recorded(shared, "template_status_update")["approved"])
    assert send(town, template("Hamza"))[1]["error"]["code"] == 132015


def test_a_moved_number_is_told_in_the_recorded_shape(town, callback, shared):
    ask("POST", f"{town.url}/control/phones/yousaf/number/", {"number": "+447700900199", "account": "maple"})
    [body] = posted(town, callback)
    assert shape(body) == shape(recorded(shared, "system")["phone_number_change"])
    send(town, {"to": "+447700900199", **template("Hamza")})
    assert len(town.received("yousaf")) == 1


def test_the_handshake_needs_the_right_token(town, callback):
    assert ask("POST", f"{town.url}/control/accounts/maple/verification/")[1] == {"verified": False}
    callback.challenge_token = "practice-verify-maple"
    assert ask("POST", f"{town.url}/control/accounts/maple/verification/")[1] == {"verified": True}


def test_a_missed_call_connects_and_ends_in_the_recorded_shapes(town, callback, shared):
    town.answer("yousaf", channel="whatsapp", ring=True)
    connect, end = posted(town, callback)
    assert shape(without(connect, *LATER_FIELDS)) == shape(
        recorded(shared, "call_connect")["business_initiated"]
    )
    answered = ("start_time", "end_time", "duration", "errors")  # only in calls somebody took, or that broke
    real = without(recorded(shared, "call_terminate")["call_terminate"], *answered, *LATER_FIELDS)
    assert shape(without(end, *LATER_FIELDS)) == shape(real)
    [call] = end["entry"][0]["changes"][0]["value"]["calls"]
    assert (call["from"], call["direction"], call["status"]) == ("447700900123", "USER_INITIATED", "FAILED")
