"""The pretend Twilio's voice side: a telephone rings, its owner answers or does not, hears, presses, speaks."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

import practice
from practice.errors import Mistake
from practice.signing import twilio_signature
from practice.tests.asking import ask, basic

HERS, SCHOOL = "+447700900321", "+441632960007"
STATUS = ["initiated", "ringing", "answered", "completed"]


@pytest.fixture
def town(callback):
    with practice.town_in_thread(status_pause=0, retry_waits=(0.02,)) as town:
        town.register_account(gateway="twilio_voice", name="maple", callback=callback.url + "in/")
        town.register_phone(id="nani", owner="Nani", number=HERS, channels=["call"])
        yield town


def account(town):
    return town.call(lambda t: t.accounts["maple"])


def rings(town, callback, password="", **form):
    sid, token = account(town).account_sid, account(town).auth_token
    call = {
        "To": HERS,
        "From": SCHOOL,
        "Url": f"{callback.url}twiml?ref=k7",
        "StatusCallback": f"{callback.url}status?ref=k7",
        "StatusCallbackEvent": "initiated ringing answered completed",
        "MachineDetection": "DetectMessageEnd",
        **form,
    }
    answer = ask(
        "POST",
        f"{town.url}/2010-04-01/Accounts/{sid}/Calls.json",
        form={name: value for name, value in call.items() if value},
        Authorization=basic(sid, password or token),
    )
    town.settle()
    return answer


def told(town, callback):
    """What the school heard since the last time, each signature checked."""
    town.settle()
    found = []
    for post in callback.posts:
        form = dict(parse_qsl(post.body.decode(), keep_blank_values=True))
        url = callback.url.removesuffix("/hooks/") + post.path
        assert post.headers["x-twilio-signature"] == twilio_signature(account(town).auth_token, url, form)
        found.append(form)
    callback.posts.clear()
    return found


def twiml(inside):
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>'


def test_a_call_rings_and_is_answered_with_the_call_resource(town, callback):
    status, answer, _ = rings(town, callback)
    assert (status, answer["status"], answer["direction"]) == (201, "queued", "outbound-api")
    assert (answer["to"], answer["from"], answer["answered_by"]) == (HERS, SCHOOL, None)
    assert [form["CallStatus"] for form in told(town, callback)] == ["initiated", "ringing"]
    assert town.received("nani")[0].status == "ringing"


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"To": ""}, 21201),
        ({"To": "0770"}, 21211),
        ({"From": ""}, 21213),
        ({"From": "+441632960999"}, 21210),
        ({"Url": ""}, 21205),
        ({"password": "wrong"}, 20003),
    ],
)
def test_what_twilio_would_refuse_is_refused(town, callback, form, code):
    _, answer, _ = rings(town, callback, **form)
    assert answer["code"] == code


@pytest.mark.parametrize(
    ("does", "ends"),
    [({"do": "decline"}, "busy"), ({"do": "let_ring"}, "no-answer")],
)
def test_a_call_nobody_takes_says_how_it_ended(town, callback, does, ends):
    rings(town, callback)
    town.on_call("nani", **does)
    assert [form["CallStatus"] for form in told(town, callback)] == ["initiated", "ringing", ends]


def test_a_telephone_in_use_is_engaged_one_switched_off_is_not_answered_and_a_number_nobody_has_fails(
    town, callback
):
    rings(town, callback)
    rings(town, callback)
    assert [form["CallStatus"] for form in told(town, callback)][-1] == "busy"
    town.on_call("nani", do="decline")
    town.call(lambda t: setattr(t.phones.get("nani"), "switched_off", True))
    rings(town, callback)
    assert [form["CallStatus"] for form in told(town, callback)][-1] == "no-answer"
    rings(town, callback, To="+447700900999")
    last = told(town, callback)[-1]
    assert (last["CallStatus"], last["SipResponseCode"]) == ("failed", "404")


def test_what_the_school_answers_is_carried_out_key_by_key(town, callback):
    callback.bodies += [
        twiml(
            '<Gather numDigits="1" finishOnKey="" action="twiml?at=2"><Say language="ur">سنیں</Say></Gather><Say>Nobody</Say>'
        ),
        twiml('<Say>Speak</Say><Record action="twiml?at=3" maxLength="9"/>'),
        twiml("<Say>Thank you</Say><Hangup/>"),
    ]
    rings(town, callback)
    call = town.on_call("nani", do="answer")
    assert (call["said"][0]["text"], call["said"][0]["language"]) == ("سنیں", "ur")
    assert call["waits"]["verb"] == "Gather"
    call = town.on_call("nani", do="press", keys="1")
    assert call["waits"]["verb"] == "Record"
    call = town.on_call("nani", do="speak", seconds=4)
    assert (call["status"], call["said"][-1]["text"]) == ("completed", "Thank you")
    asked = [form for form in told(town, callback) if "CallbackSource" not in form]
    assert [form.get("Digits") for form in asked] == [None, "1", "#"]
    assert asked[0]["AnsweredBy"] == "human"
    assert asked[2]["RecordingDuration"] == "4"
    sid = account(town).account_sid
    status, _, _ = ask("GET", asked[2]["RecordingUrl"] + ".wav")
    assert status == 401
    place = asked[2]["RecordingUrl"].removeprefix(town.url)
    assert place.startswith(f"/2010-04-01/Accounts/{sid}/Recordings/RE")


def test_who_presses_nothing_hears_what_comes_next_and_a_number_ends_with_a_hash(town, callback):
    callback.bodies += [
        twiml(
            '<Gather finishOnKey="#" action="twiml?at=2"/><Say>Once more</Say><Redirect>twiml?at=1</Redirect>'
        ),
        twiml('<Gather finishOnKey="#" action="twiml?at=2"/>'),
        twiml("<Hangup/>"),
    ]
    rings(town, callback)
    town.on_call("nani", do="answer")
    assert town.on_call("nani", do="wait")["said"][-1]["text"] == "Once more"
    town.on_call("nani", do="press", keys="12#")
    last = [form for form in told(town, callback) if "CallbackSource" not in form][-1]
    assert (last["Digits"], last["FinishedOnKey"]) == ("12", "#")


def test_a_machine_that_answers_is_told_of(town, callback):
    callback.bodies.append(twiml("<Say>We ring again</Say>"))
    rings(town, callback)
    assert town.on_call("nani", do="answer", by="machine_end_beep")["status"] == "completed"
    asked = [form for form in told(town, callback) if "CallbackSource" not in form]
    assert [form["AnsweredBy"] for form in asked] == ["machine_end_beep"]


@pytest.mark.parametrize(
    "body", ["", "no XML", "<Other/>", '<!DOCTYPE a [<!ENTITY b "c">]><Response/>', twiml("<Dance/>")]
)
def test_what_is_no_twiml_is_said_to_be_none(town, callback, body):
    callback.bodies.append(body)
    rings(town, callback)
    with pytest.raises(Mistake):
        town.on_call("nani", do="answer")


def test_a_school_that_is_away_ends_the_call_and_says_so(town, callback):
    rings(town, callback)
    town.settle()
    callback.answers += [503, 503, 503]
    call = town.on_call("nani", do="answer")
    assert call["status"] == "completed"
    assert call["refused"] == 503


@pytest.mark.parametrize(
    "does", [{"do": "press", "keys": "1"}, {"do": "dance"}, {"do": "answer", "by": "nobody"}]
)
def test_what_cannot_be_done_now_is_said(town, callback, does):
    with pytest.raises(Mistake):
        town.on_call("nani", **does)
    rings(town, callback)
    with pytest.raises(Mistake):
        town.on_call("nani", **does)


def test_the_page_has_a_keypad_and_the_control_address_shows_the_call(town, callback):
    page = f"{town.url}/phones/nani/"
    assert "Nobody has rung yet." in ask("GET", page)[1]
    rings(town, callback)
    assert "Answer" in ask("GET", page)[1]
    callback.bodies.append(twiml('<Gather numDigits="1" action="twiml?at=2"><Say>Hello</Say></Gather>'))
    assert ask("POST", f"{page}call/", form={"do": "answer"})[0] == 303
    assert "Press nothing" in ask("GET", page)[1]
    assert ask("GET", f"{town.url}/control/phones/nani/call/")[1]["status"] == "in-progress"
    assert ask("POST", f"{town.url}/control/phones/nani/call/", {"do": "hang_up"})[1]["status"] == "completed"
    assert ask("POST", f"{town.url}/control/phones/nani/call/", {"do": "hang_up"})[0] == 400
    told(town, callback)
    town.answer("nani", channel="call", ring=True)
    assert [form["Direction"] for form in told(town, callback)] == ["inbound"]
