"""The pretend Twilio: what it takes, what it refuses, what it posts back."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

import practice
from practice.signing import twilio_signature
from practice.tests.asking import ask, basic


@pytest.fixture
def town(callback):
    with practice.town_in_thread(status_pause=0, retry_waits=(0.02, 0.02, 0.02)) as town:
        town.register_account(gateway="twilio", name="maple", callback=callback.url + "in/")
        town.register_phone(id="yousaf", owner="Mr Yousaf", number="+447700900123")
        yield town


def account(town):
    return town.call(lambda t: t.accounts["maple"])


def send(town, password="", **form):
    sid, token = account(town).account_sid, account(town).auth_token
    message = {"To": "+447700900123", "From": "+441632960002", "Body": "No school tomorrow.", **form}
    return ask(
        "POST",
        f"{town.url}/2010-04-01/Accounts/{sid}/Messages.json",
        form={name: value for name, value in message.items() if value},
        Authorization=basic(sid, password or token),
    )


def forms(callback):
    return [dict(parse_qsl(post.body.decode(), keep_blank_values=True)) for post in callback.posts]


def test_a_text_arrives_and_is_answered_with_the_message_resource(town):
    status, answer, _ = send(town)
    assert status == 201
    assert answer == {
        "account_sid": account(town).account_sid,
        "api_version": "2010-04-01",
        "body": "No school tomorrow.",
        "date_created": answer["date_created"],
        "date_sent": None,
        "date_updated": answer["date_created"],
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": "+441632960002",
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "sid": answer["sid"],
        "status": "queued",
        "subresource_uris": {"media": answer["uri"].replace(".json", "/Media.json")},
        "to": "+447700900123",
        "uri": f"/2010-04-01/Accounts/{answer['account_sid']}/Messages/{answer['sid']}.json",
    }
    assert (len(answer["sid"]), answer["sid"][:2]) == (34, "SM")
    assert [line.text for line in town.received("yousaf")] == ["No school tomorrow."]


def test_statuses_go_to_the_callback_of_the_request_signed_over_url_and_form(town, callback):
    url = callback.url + "status/?k=1"
    _, answer, _ = send(town, StatusCallback=url + "#rc=2")
    town.settle()
    assert [form["MessageStatus"] for form in forms(callback)] == ["sent", "delivered"]
    for post, form in zip(callback.posts, forms(callback), strict=True):
        assert post.path == "/hooks/status/?k=1"
        assert form["MessageSid"] == form["SmsSid"] == answer["sid"]
        assert post.headers["x-twilio-signature"] == twilio_signature(account(town).auth_token, url, form)


def test_a_text_from_home_is_posted_to_the_numbers_webhook(town, callback):
    town.answer("yousaf", channel="sms", text="Hamza bukhar hai, aaj nahi aaye ga")
    town.settle()
    [form] = forms(callback)
    assert form == {
        "ToCountry": "GB", "ToState": "", "SmsMessageSid": form["MessageSid"], "NumMedia": "0", "ToCity": "",
        "FromZip": "", "SmsSid": form["MessageSid"], "FromState": "", "SmsStatus": "received",
        "FromCity": "", "Body": "Hamza bukhar hai, aaj nahi aaye ga", "FromCountry": "GB",
        "To": "+441632960002", "ToZip": "", "NumSegments": "1", "MessageSid": form["MessageSid"],
        "AccountSid": account(town).account_sid, "From": "+447700900123", "ApiVersion": "2010-04-01",
    }  # fmt: skip
    token = account(town).auth_token
    assert callback.posts[0].headers["x-twilio-signature"] == twilio_signature(
        token, callback.url + "in/", form
    )


@pytest.mark.parametrize(
    ("form", "status", "code"),
    [
        ({"To": "07700900123"}, 400, 21211),
        ({"To": ""}, 400, 21604),
        ({"From": ""}, 400, 21603),
        ({"From": "+441632960099"}, 400, 21606),
        ({"Body": ""}, 400, 21602),
        ({"Body": "x" * 1601}, 400, 21617),
    ],
)
def test_what_twilio_refuses_is_refused(town, form, status, code):
    got, answer, _ = send(town, **form)
    assert (got, answer["code"], answer["status"]) == (status, code, status)
    assert answer["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert set(answer) == {"code", "message", "more_info", "status"}
    assert town.received("yousaf") == []


def test_a_wrong_token_opens_nothing(town):
    status, answer, headers = send(town, password="wrong")
    assert (status, answer["code"]) == (401, 20003)
    assert headers["www-authenticate"] == 'Basic realm="Twilio API"'


def test_after_stop_everything_is_refused_until_start(town, callback):
    town.answer("yousaf", stop=True, channel="sms")
    assert send(town)[1]["code"] == 21610
    town.settle()
    town.answer("yousaf", channel="sms", text="Start")
    assert send(town)[0] == 201
    town.settle()
    assert [form["Body"] for form in forms(callback)] == ["STOP", "Start"]


def test_a_number_nobody_has_is_taken_and_comes_back_undelivered(town, callback):
    assert send(town, To="+447700900999", StatusCallback=callback.url)[0] == 201
    town.settle()
    [form] = forms(callback)
    assert (form["MessageStatus"], form["ErrorCode"]) == ("undelivered", "30005")


def test_a_failed_answer_is_not_tried_again_unless_the_url_asks_for_it(town, callback):
    callback.answers = [500, 500, 500]
    town.answer("yousaf", channel="sms", text="one")
    town.settle()
    assert len(callback.posts) == 1
    town.register_account(gateway="twilio", name="maple", callback=callback.url + "in/#rc=4&rp=5xx")
    town.answer("yousaf", channel="sms", text="two")
    town.settle()
    assert [form["Body"] for form in forms(callback)] == ["one", "two", "two", "two"]


def test_a_call_nobody_takes_is_told_as_no_answer(town, callback):
    town.answer("yousaf", channel="sms", ring=True)
    town.settle()
    [form] = forms(callback)
    assert (form["CallStatus"], form["Direction"], form["From"]) == ("no-answer", "inbound", "+447700900123")
    assert len(form["CallSid"]) == 34
    assert form["CallSid"].startswith("CA")
