"""What a business can send through the pretend WhatsApp, and what it is refused."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

import practice
from practice.tests.asking import ask

TOKEN = "Bearer practice-token-maple"
WAMID = re.compile(r"wamid\.[A-Za-z0-9+/]{40,}={0,2}")


@pytest.fixture
def town():
    with practice.town_in_thread() as town:
        town.register_account(gateway="whatsapp", name="maple", phone_number_id="1122334455667")
        town.register_phone(id="yousaf", owner="Mr Yousaf", number="+447700900123")
        yield town


def send(town, body, token=TOKEN, number="1122334455667"):
    message = {"messaging_product": "whatsapp", "to": "+447700900123", **body}
    return ask("POST", f"{town.url}/v23.0/{number}/messages", message, Authorization=token)


def template(*texts, name="notice", language="en"):
    parameters = [{"type": "text", "text": text} for text in texts]
    return {
        "type": "template",
        "template": {
            "name": name,
            "language": {"code": language},
            "components": [{"type": "body", "parameters": parameters}],
        },
    }


def buttons(*titles):
    rows = [{"type": "reply", "reply": {"id": f"key {title}", "title": title}} for title in titles]
    return {
        "type": "interactive",
        "interactive": {"type": "button", "body": {"text": "Will you come?"}, "action": {"buttons": rows}},
    }


def rows(count):
    listed = [{"id": f"{n}", "title": f"Row {n}"} for n in range(count)]
    action = {"button": "Choose", "sections": [{"title": "Times", "rows": listed}]}
    return {
        "type": "interactive",
        "interactive": {"type": "list", "body": {"text": "When?"}, "action": action},
    }


def offer(button):
    action = {"buttons": [button]}
    return {
        "type": "interactive",
        "interactive": {"type": "button", "body": {"text": "x"}, "action": action},
    }


def sections(listed):
    action = {"button": "Choose", "sections": listed}
    return {"type": "interactive", "interactive": {"type": "list", "body": {"text": "x"}, "action": action}}


def rows_of(count, start=0):
    return [{"id": str(n), "title": f"Row {n}", "description": "15:10"} for n in range(start, start + count)]


def shaped(**changes):
    return {"type": "template", "template": {"name": "notice", "language": {"code": "en"}, **changes}}


def words(text):
    return {"type": "text", "text": {"body": text}}


def test_a_template_goes_out_at_any_time_and_is_shown_on_the_phone(town):
    status, answer, _ = send(town, {**template("Hamza", "tomorrow"), "biz_opaque_callback_data": "ref-1"})
    assert status == 200
    assert answer == {
        "messaging_product": "whatsapp",
        "contacts": [{"input": "+447700900123", "wa_id": "447700900123"}],
        "messages": [{"id": answer["messages"][0]["id"], "message_status": "accepted"}],
    }
    assert WAMID.fullmatch(answer["messages"][0]["id"])
    [line] = town.received("yousaf")
    assert (line.text, line.reference, line.template) == ("[notice]\nHamza\ntomorrow", "ref-1", "notice")


def test_free_text_waits_until_the_family_has_written(town):
    status, answer, _ = send(town, words("Hello"))
    assert (status, answer["error"]["code"]) == (400, 131047)
    assert town.received("yousaf") == []
    town.answer("yousaf", channel="whatsapp", text="Salaam")
    assert send(town, words("Hello"))[0] == 200
    town.call(lambda t: t.clock.move_by(timedelta(hours=24, seconds=1)))
    assert send(town, words("Hello again"))[1]["error"]["code"] == 131047
    assert send(town, template("Hamza"))[0] == 200


def test_a_late_refusal_is_told_by_status_when_the_account_is_set_so(town):
    town.register_account(
        gateway="whatsapp", name="maple", phone_number_id="1122334455667", window_refusal="status"
    )
    assert send(town, words("Hello"))[0] == 200
    assert town.received("yousaf") == []


def test_errors_have_graphs_shape(town):
    _, answer, _ = send(town, words("Hello"))
    assert answer == {
        "error": {
            "message": "(#131047) Re-engagement message",
            "type": "OAuthException",
            "code": 131047,
            "error_data": {
                "messaging_product": "whatsapp",
                "details": "Message failed to send because more than 24 hours have passed since the customer "
                "last replied.",
            },
            "fbtrace_id": answer["error"]["fbtrace_id"],
        }
    }


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"messaging_product": "sms"}, 100),
        ({"to": ""}, 100),
        ({"to": "12"}, 100),
        ({"to": "", "recipient": "nobody"}, 131009),
        ({"type": "sticker", "sticker": {}}, 131051),
        ({"type": "audio", "audio": {}}, 131008),
        ({"type": "audio", "audio": {"link": "https://school.example.org/a.ogg"}}, 100),
        ({"type": "audio", "audio": {"id": "1234567890"}}, 100),
        (words(""), 131008),
        (words("x" * 4097), 100),
        ({"type": "text", "text": "Hello"}, 100),
        (buttons("1", "2", "3", "4"), 131009),
        (buttons("Yes", "Yes"), 131009),
        (buttons("x" * 21), 100),
        (rows(11), 131009),
        (rows(0), 131008),
        (template("two\nlines"), 132012),
        (template(" "), 131008),
        ({"biz_opaque_callback_data": "x" * 513, **words("x")}, 100),
        ({"to": "+441632960001", **words("x")}, 131021),
        ({"recipient_type": "group", **words("x")}, 100),
        (
            {"type": "interactive", "interactive": {"type": "flow", "body": {"text": "x"}, "action": {}}},
            131009,
        ),
        ({"type": "interactive", "interactive": {"type": "button", "body": {"text": "x"}}}, 100),
        (offer({"type": "url"}), 131009),
        (offer("x"), 131008),
        (
            sections([{"rows": [row]} for row in ({"id": "1", "title": "a"}, {"id": "2", "title": "b"})]),
            131008,
        ),
        (sections([{"title": "a", "rows": rows_of(6)}, {"title": "b", "rows": rows_of(6, 6)}]), 131009),
        (shaped(components={}), 100),
        (shaped(components=[{"type": "body", "parameters": [{"type": "image"}]}]), 132012),
        (shaped(components=[{"type": "button", "sub_type": "url", "index": 0}]), 132012),
    ],
)
def test_what_the_service_refuses_is_refused(town, body, code):
    town.answer("yousaf", channel="whatsapp", text="Salaam")
    status, answer, _ = send(town, body)
    assert (status, answer["error"]["code"]) == (400, code)
    assert town.received("yousaf") == []


@pytest.mark.parametrize("body", [buttons("Yes", "No", "Later"), rows(10)])
def test_three_buttons_or_ten_rows_are_offered_on_the_phone(town, body):
    town.answer("yousaf", channel="whatsapp", text="Salaam")
    assert send(town, body)[0] == 200
    assert len(town.received("yousaf")[0].options) in {3, 10}


def test_only_approved_templates_with_the_right_places_pass(town):
    town.register_account(
        gateway="whatsapp",
        name="maple",
        phone_number_id="1122334455667",
        templates=[
            {"name": "notice", "language": "en", "body": "About {{1}}: {{2}}", "buttons": ["Yes", "No"]},
            {"name": "resting", "language": "en", "body": "Hello", "status": "PAUSED"},
        ],
    )
    assert send(town, template("Hamza"))[1]["error"]["code"] == 132000
    assert send(town, template("Hamza", "x", language="ur"))[0] == 404
    assert send(town, template(name="resting"))[1]["error"]["code"] == 132015
    assert send(town, template("Hamza", "x" * 1100))[1]["error"]["code"] == 132005
    named = [{"type": "text", "text": text, "parameter_name": text} for text in ("a", "b")]
    wrong_names = shaped(components=[{"type": "body", "parameters": named}])
    assert send(town, wrong_names)[1]["error"]["code"] == 132012
    button = {"type": "button", "sub_type": "quick_reply", "index": 2, "parameters": [{"payload": "x"}]}
    body = {"type": "body", "parameters": [{"type": "text", "text": text} for text in "ab"]}
    assert send(town, shaped(components=[body, button]))[1]["error"]["code"] == 132012
    assert send(town, template("Hamza", "no school"))[0] == 200
    [line] = town.received("yousaf")
    assert line.text == "About Hamza: no school"
    assert [(o.key, o.label, o.kind) for o in line.options] == [
        ("Yes", "Yes", "quick_reply"),
        ("No", "No", "quick_reply"),
    ]


def test_an_identity_without_a_number_is_reached_by_its_user_id(town):
    town.register_phone(id="aunt", user_id="PK.13491208655302741918", channels=["whatsapp"])
    town.answer("aunt", channel="whatsapp", text="Salaam")
    body = {"to": "", "recipient": "PK.13491208655302741918", **words("Hello")}
    _, answer, _ = send(town, body)
    assert answer["contacts"] == [{"input": "PK.13491208655302741918", "user_id": "PK.13491208655302741918"}]
    assert [line.text for line in town.received("aunt")] == ["Hello"]


def test_a_wrong_token_or_number_opens_nothing(town):
    status, answer, _ = send(town, words("x"), token="Bearer wrong")
    assert (status, answer["error"]["code"]) == (401, 190)
    status, answer, _ = send(town, words("x"), number="999")
    assert (status, answer["error"]["code"], answer["error"]["error_subcode"]) == (400, 100, 33)


CODE = [{"type": "text", "text": "482913"}]
IN_TEXT = {"type": "body", "parameters": CODE}
BEHIND_BUTTON = {"type": "button", "sub_type": "url", "index": "0", "parameters": CODE}


def code_text(town, *components, **to):
    town.register_account(
        gateway="whatsapp",
        name="maple",
        phone_number_id="1122334455667",
        templates=[{"name": "porchlight_code", "language": "ur", "category": "AUTHENTICATION"}],
    )
    asked = {"name": "porchlight_code", "language": {"code": "ur"}, "components": list(components)}
    return send(town, {"type": "template", "template": asked, **to})


def test_a_code_stands_in_the_text_and_behind_the_button(town):
    assert code_text(town, IN_TEXT, BEHIND_BUTTON)[0] == 200
    [line] = town.received("yousaf")
    assert (line.copies, line.template) == ("482913", "porchlight_code")
    assert line.text.startswith("482913 ")


@pytest.mark.parametrize(
    ("components", "code"),
    [
        ([IN_TEXT], 131008),
        ([BEHIND_BUTTON], 132000),
        ([IN_TEXT, {**BEHIND_BUTTON, "sub_type": "quick_reply"}], 132012),
        ([IN_TEXT, {**BEHIND_BUTTON, "index": "1"}], 131008),
        ([IN_TEXT, {**BEHIND_BUTTON, "parameters": [{"type": "text", "text": "000000"}]}], 131008),
        ([{**IN_TEXT, "parameters": [*CODE, *CODE]}, BEHIND_BUTTON], 132000),
        ([], 132000),
    ],
)
def test_any_other_shape_of_a_code_is_refused(town, components, code):
    status, answer, _ = code_text(town, *components)
    assert (status, answer["error"]["code"]) == (400, code)
    assert town.received("yousaf") == []


def test_a_code_of_more_than_fifteen_letters_is_refused(town):
    long = [{"type": "text", "text": "4" * 16}]
    components = {**IN_TEXT, "parameters": long}, {**BEHIND_BUTTON, "parameters": long}
    assert code_text(town, *components)[1]["error"]["code"] == 132005


def test_a_code_goes_to_numbers_alone(town):
    user_id = town.call(lambda there: there.phones.get("yousaf").user_id)
    status, answer, _ = code_text(town, IN_TEXT, BEHIND_BUTTON, to="", recipient=user_id)
    assert (status, answer["error"]["code"]) == (400, 131062)


def test_texts_for_codes_are_listed_as_the_service_makes_them(town):
    code_text(town, IN_TEXT, BEHIND_BUTTON)
    place = town.call(lambda there: there.accounts["maple"].business_id)
    _, listed, _ = ask("GET", f"{town.url}/v23.0/{place}/message_templates", Authorization=TOKEN)
    [row] = listed["data"]
    assert row["category"] == "AUTHENTICATION"
    assert [part["type"] for part in row["components"]] == ["BODY", "BUTTONS"]
    assert row["components"][1]["buttons"][0]["type"] == "URL"
