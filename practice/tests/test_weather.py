"""Bad days on request: what a sender meets, and what becomes of the message."""

from __future__ import annotations

import http.client
import time

import pytest

import practice
from practice.errors import Mistake
from practice.tests.asking import ask
from practice.tests.test_twilio import send as send_text
from practice.tests.test_whatsapp_sending import send, template
from practice.tests.test_whatsapp_webhooks import posted, statuses


@pytest.fixture
def town(callback):
    with practice.town_in_thread(status_pause=0, retry_waits=(0.02, 0.02, 0.02)) as town:
        town.register_account(
            gateway="whatsapp", name="whatsapp", phone_number_id="1122334455667",
            access_token="practice-token-maple", callback=callback.url,
        )  # fmt: skip
        town.register_account(gateway="twilio", name="maple", callback=callback.url)
        town.register_phone(id="yousaf", owner="Mr Yousaf", number="+447700900123")
        yield town


def notice(reference="r1"):
    return {**template("Hamza"), "biz_opaque_callback_data": reference}


@pytest.mark.parametrize(
    ("rude", "status", "code", "shown"),
    [("500", 500, 131000, 0), ("429", 429, 130429, 0), ("code", 400, 131048, 0), ("taken-502", 502, None, 1)],
)
def test_a_rude_whatsapp(town, rude, status, code, shown):
    town.set_weather("whatsapp", rude=rude, code="131048", retry_after=7)
    got, answer, headers = send(town, notice())
    assert got == status
    assert code is None or answer["error"]["code"] == code
    assert headers.get("retry-after") == ("7" if rude == "429" else None)
    assert len(town.received("yousaf")) == shown


@pytest.mark.parametrize(("rude", "status", "code"), [("500", 500, 20500), ("429", 429, 20429)])
def test_a_rude_twilio(town, rude, status, code):
    town.set_weather("twilio", rude=rude, retry_after=7)
    got, answer, headers = send_text(town)
    assert (got, answer["code"], headers.get("retry-after")) == (status, code, "7" if rude == "429" else None)
    assert town.received("yousaf") == []


@pytest.mark.parametrize(("rude", "shown"), [("reset", 0), ("taken-reset", 1)])
def test_a_torn_connection(town, rude, shown):
    town.set_weather("whatsapp", rude=rude)
    with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
        send(town, notice())
    assert len(town.received("yousaf")) == shown
    town.set_weather("whatsapp")
    assert send(town, notice())[0] == 200


@pytest.mark.parametrize(("rude", "shown"), [("stall", 0), ("taken-stall", 1)])
def test_a_stalled_answer(town, rude, shown):
    town.set_weather("whatsapp", rude=rude, stall=0.3)
    began = time.monotonic()
    send(town, notice())
    assert time.monotonic() - began >= 0.3
    assert len(town.received("yousaf")) == shown


def test_a_slow_day_answers_late_but_rightly(town):
    town.set_weather("whatsapp", delay=0.2)
    began = time.monotonic()
    assert send(town, notice())[0] == 200
    assert time.monotonic() - began >= 0.2


def test_rudeness_can_end_after_some_requests_or_strike_now_and_then(town):
    town.set_weather("whatsapp", rude="500", times=2)
    assert [send(town, notice(str(n)))[0] for n in range(4)] == [500, 500, 200, 200]
    town.set_weather("whatsapp", rude="500", every=2)
    assert [send(town, notice(str(n)))[0] for n in range(4)] == [200, 500, 200, 500]


def test_a_forgetful_gateway_reports_nothing(town, callback):
    town.set_weather("whatsapp", forgetful=True)
    send(town, notice())
    assert posted(town, callback) == []
    assert len(town.received("yousaf")) == 1


def test_a_gateway_that_repeats_itself(town, callback):
    town.set_weather("whatsapp", repeat=3)
    send(town, notice())
    assert sorted(statuses(posted(town, callback))) == [("delivered", "r1")] * 3 + [("sent", "r1")] * 3
    callback.posts.clear()
    town.answer("yousaf", channel="whatsapp", text="Haan")
    town.settle()
    said = [post.body for post in callback.posts if b"Haan" in post.body]
    assert len(said) == 3
    assert len(set(said)) == 1


def test_statuses_in_the_wrong_order(town, callback):
    town.set_weather("whatsapp", shuffled=True)
    send(town, notice())
    assert statuses(posted(town, callback)) == [("delivered", "r1"), ("sent", "r1")]


def test_messages_that_are_taken_and_then_fail(town, callback):
    town.set_weather("whatsapp", fail_code="131049")
    assert send(town, notice())[0] == 200
    [body] = posted(town, callback)
    assert body["entry"][0]["changes"][0]["value"]["statuses"][0]["errors"][0]["code"] == 131049
    assert town.received("yousaf") == []


def test_a_phone_that_is_switched_off_is_sent_to_and_no_more(town, callback):
    ask("PATCH", f"{town.url}/control/phones/yousaf/", {"switched_off": True})
    send(town, notice())
    assert statuses(posted(town, callback)) == [("sent", "r1")]


def test_a_school_that_answers_badly_is_told_again_until_it_takes_it(town, callback):
    callback.answers = [500, 302, 404]
    town.answer("yousaf", channel="whatsapp", text="Haan")
    town.settle()
    assert len(callback.posts) == 4
    assert len({post.body for post in callback.posts}) == 1
    assert [row["tries"] for row in town.webhooks() if row["kind"] == "message"] == [4]


def test_a_school_that_never_takes_it_is_given_up_in_the_end(town, callback):
    callback.answers = [500] * 50
    town.answer("yousaf", channel="whatsapp", text="Haan")
    town.settle()
    assert len(callback.posts) == 4
    assert town.counts()["webhooks"]["given up"] == 1


def test_nobody_listening_is_survived(town):
    town.register_account(gateway="whatsapp", name="whatsapp", callback="http://127.0.0.1:9/hooks/")
    town.answer("yousaf", channel="whatsapp", text="Haan")
    town.settle()
    assert [row["answer"] for row in town.webhooks()] == [0]


def test_unknown_weather_is_refused_in_words(town):
    with pytest.raises(Mistake, match="Weather has no snow"):
        town.set_weather("whatsapp", snow=True)
    with pytest.raises(Mistake, match="not by 'fog'"):
        town.set_weather("fog")
    status, answer, _ = ask("POST", f"{town.url}/control/weather/whatsapp/", {"rude": "very"})
    assert status == 400
    assert "very" in answer["error"]


def test_a_reset_ends_what_was_still_to_be_said(town, callback):
    callback.answers = [500] * 50
    town.answer("yousaf", channel="whatsapp", text="Haan")
    town.wait_until(lambda t: t.postman.counts["tries"])
    town.reset()
    town.settle()
    said = len(callback.posts)
    town.answer("yousaf", channel="whatsapp", text="again")
    town.wait_until(lambda t: t.postman.counts["tries"])
    assert all(b"again" in post.body for post in callback.posts[said:])
