"""The pretend Vonage and Africa's Talking: answers in the shape of the recorded ones, signed as the vectors are."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

import pytest

import practice
from practice.signing import vonage_signature
from practice.tests.asking import ask


@pytest.fixture
def town(callback):
    with practice.town_in_thread(status_pause=0, retry_waits=(0.02, 0.02, 0.02)) as town:
        town.register_account(gateway="vonage", name="maple", callback=callback.url, api_key="abcd1234")
        town.register_account(
            gateway="africas_talking", name="at", callback=callback.url, hook_word="wordOfNobody"
        )
        town.register_phone(id="khan", owner="Bilal Khan", number="+447700900123")
        yield town


def send(town, **form):
    there = town.call(lambda t: t.accounts["maple"])
    said = {
        "api_key": "abcd1234",
        "api_secret": there.api_secret,
        "from": "441632960004",
        "to": "447700900123",
    }
    more = {"text": "Hello", "client-ref": "ref123", **form}
    return ask("POST", f"{town.url}/sms/json", form={**said, **more})[1]


def recorded(shared, name):
    return json.loads((shared / f"standards/sms-gateways/vonage-responses/{name}.json").read_text())


@pytest.mark.shared
def test_vonage_answers_as_it_was_recorded(town, shared):
    """The same names, one part a text, our reference in each."""
    long, real = send(town, text="x" * 200), recorded(shared, "send_long_sms")
    assert long["message-count"] == real["message-count"] == "2"
    assert [set(part) for part in long["messages"]] == [set(part) for part in real["messages"]]
    assert {part["client-ref"] for part in long["messages"]} == {"ref123"}
    no = recorded(shared, "send_sms_error")
    town.set_weather("vonage", rude="code", code="7")
    assert send(town) == no


@pytest.mark.shared
def test_vonage_signs_as_the_published_vectors(shared):
    book = json.loads((shared / "standards/sms-gateways/vonage-sms-signature-vectors.json").read_text())
    for one in book["vectors"]:
        said = {name: str(value) for name, value in one["params"].items()}
        algorithm = "sha256" if one["method"] == "sha256" else "md5"
        assert vonage_signature(book["secret"], said, algorithm) == one["sig"]


def test_a_text_in_another_script_needs_its_type(town):
    send(town, text="کل")
    send(town, text="کل", type="unicode")
    assert [line.text for line in town.received("khan", "sms")] == ["??", "کل"]


def test_each_try_of_a_webhook_is_signed_anew(town, callback):
    callback.answers[:] = [500]
    town.answer("khan", channel="sms", account="maple", text="Yes & no = maybe")
    town.settle()
    first, second = (dict(parse_qsl(post.body.decode())) for post in callback.posts)
    assert first["text"] == second["text"] == "Yes & no = maybe"
    assert first["nonce"] != second["nonce"]
    secret = town.call(lambda t: t.accounts["maple"]).signature_secret
    assert [one["sig"] == vonage_signature(secret, one) for one in (first, second)] == [True, True]


def test_africas_talking_posts_to_the_address_with_its_word_and_signs_nothing(town, callback):
    key = town.call(lambda t: t.accounts["at"]).api_key
    form = {"username": "at", "to": "+447700900123", "from": "22384", "message": "Hello"}
    status, answer, _ = ask("POST", f"{town.url}/version1/messaging", form=form, apiKey=key)
    [told] = answer["SMSMessageData"]["Recipients"]
    assert (status, told["statusCode"], told["status"]) == (201, 101, "Success")
    town.settle()
    assert {post.path for post in callback.posts} == {"/hooks/?word=wordOfNobody"}
    reports = [dict(parse_qsl(post.body.decode())) for post in callback.posts]
    assert [one["status"] for one in reports] == ["Submitted", "Success"]
    assert {one["id"] for one in reports} == {told["messageId"]}
    assert ask("POST", f"{town.url}/version1/messaging", form=form, apiKey="no")[0] == 401
