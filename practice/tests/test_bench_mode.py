"""Bench mode: nothing kept, every number reached, statuses back in bundles, doubles counted."""

from __future__ import annotations

import json
import smtplib
from dataclasses import replace

import pytest

import practice
from practice.signing import meta_signature
from practice.tests.asking import ask, basic
from practice.tests.test_whatsapp_sending import WAMID, template


@pytest.fixture
def town(callback):
    with practice.town_in_thread(bench=True, bench_statuses=("sent", "delivered")) as town:
        town.register_account(
            gateway="whatsapp", name="maple", phone_number_id="1122334455667", callback=callback.url
        )
        town.register_account(gateway="twilio", name="texts")
        yield town


def send(town, number, reference):
    body = {"messaging_product": "whatsapp", "to": number, "biz_opaque_callback_data": reference}
    return ask(
        "POST",
        f"{town.url}/v23.0/1122334455667/messages",
        {**body, **template("Hamza")},
        Authorization="Bearer practice-token-maple",
    )


def test_any_number_is_reached_with_the_usual_answer(town):
    status, answer, headers = send(town, "+447700900555", "r1")
    assert (status, headers["content-type"].partition(";")[0]) == (200, "application/json")
    assert answer["contacts"] == [{"input": "447700900555", "wa_id": "447700900555"}]
    assert WAMID.fullmatch(answer["messages"][0]["id"])


def test_statuses_of_many_messages_come_signed_in_few_posts(town, callback):
    for number in range(20):
        send(town, f"+4477009005{number:02}", f"r{number}")
    town.wait_until(lambda t: t.postman.counts["taken"] and not t.postman.waiting)
    town.wait_until(lambda t: len(statuses(callback)) == 40)
    assert len(callback.posts) < 20
    told = [(s["biz_opaque_callback_data"], s["status"]) for s in statuses(callback)]
    assert sorted(told) == sorted((f"r{n}", name) for n in range(20) for name in ("sent", "delivered"))
    secret = town.call(lambda t: t.accounts["maple"].app_secret)
    for post in callback.posts:
        assert post.headers["x-hub-signature-256"] == meta_signature(secret, post.body)


def statuses(callback):
    values = [json.loads(post.body)["entry"][0]["changes"][0]["value"] for post in list(callback.posts)]
    return [status for value in values for status in value["statuses"]]


def test_a_message_sent_twice_shows_in_the_counts(town):
    for reference in ("r1", "r2", "r1"):
        send(town, "+447700900555", reference)
    counts = town.counts()
    assert (counts["taken"]["whatsapp"], counts["references"], counts["repeated_references"]) == (3, 2, 1)
    assert counts["phones"] == 0


def test_texts_are_taken_and_reported_too(town, callback):
    sid, token = town.call(lambda t: (t.accounts["texts"].account_sid, t.accounts["texts"].auth_token))
    status, answer, _ = ask(
        "POST",
        f"{town.url}/2010-04-01/Accounts/{sid}/Messages.json",
        form={"To": "+447700900555", "From": "+441632960002", "Body": "Hi", "StatusCallback": callback.url},
        Authorization=basic(sid, token),
    )
    assert (status, answer["status"]) == (201, "queued")
    town.settle()
    assert [b"MessageStatus=sent" in p.body for p in callback.posts] == [True, False]


def test_a_wrong_token_is_refused_here_too(town):
    body = {"messaging_product": "whatsapp", "to": "+447700900555"}
    answer = ask("POST", f"{town.url}/v23.0/1122334455667/messages", body, Authorization="Bearer x")
    assert answer[0] == 401


def test_the_schools_phone_takes_every_number_too(town, callback):
    town.register_account(gateway="office_phone", name="phone", callback=callback.url)
    body = {"id": "r1", "phoneNumbers": ["+447700900555"], "textMessage": {"text": "Hi"}}
    auth = basic("phone", "practice-password-phone")
    assert ask("POST", f"{town.url}/messages", body, Authorization=auth)[0] == 202
    assert ask("POST", f"{town.url}/messages", body, Authorization=auth)[0] == 409
    town.settle()
    assert [json.loads(post.body)["event"] for post in callback.posts] == ["sms:sent", "sms:delivered"]
    town.reset()
    assert ask("POST", f"{town.url}/messages", body, Authorization=auth)[0] == 202


def test_settling_waits_for_statuses_that_wait_for_company(town, callback):
    send(town, "+447700900555", "r1")
    town.settle()
    assert len(statuses(callback)) == 2


def test_mail_is_counted_by_its_message_id():
    with practice.town_in_thread(bench=True, smtp_port=0) as town:
        mail = "From: a@example.org\r\nTo: b@example.org\r\nMessage-ID: <one@example.org>\r\n\r\nHi\r\n"
        with smtplib.SMTP("127.0.0.1", town.smtp_port, timeout=10) as smtp:
            for _ in range(2):
                smtp.sendmail("a@example.org", ["anybody@example.org"], mail)
        counts = town.counts()
    assert (counts["taken"]["mail"], counts["references"], counts["repeated_references"]) == (2, 1, 1)


def test_a_full_bundle_leaves_at_once(town, callback):
    town.call(lambda t: t.__setattr__("settings", replace(t.settings, bench_statuses=("sent",) * 200)))
    send(town, "+447700900555", "r1")
    town.settle()
    assert [len(statuses(callback)), len(callback.posts)] == [200, 1]


def test_who_wants_no_statuses_gets_none(callback):
    with practice.town_in_thread(bench=True, bench_statuses=()) as town:
        town.register_account(
            gateway="whatsapp", name="maple", phone_number_id="1122334455667", callback=callback.url
        )
        send(town, "+447700900555", "")
        town.settle()
    assert callback.posts == []
