"""The gateways' reading side: what a school can ask about its account, its number and what it sent."""

from __future__ import annotations

import pytest

import practice
from practice.tests.asking import ask, basic

TOKEN = "Bearer practice-token-maple"


@pytest.fixture
def town():
    with practice.town_in_thread(status_pause=0) as town:
        town.register_account(
            gateway="whatsapp", name="maple", phone_number_id="111", business_id="222",
            templates=[{"name": "notice", "language": "en", "body": "About {{1}}", "buttons": ["Yes"]}],
        )  # fmt: skip
        town.register_account(gateway="twilio", name="texts")
        town.register_phone(id="yousaf", number="+447700900123")
        yield town


def test_a_whatsapp_number_shows_its_record_to_its_owner_alone(town):
    status, record, _ = ask("GET", f"{town.url}/v23.0/111", Authorization=TOKEN)
    assert (status, record["display_phone_number"], record["id"]) == (200, "+441632960001", "111")
    assert ask("GET", f"{town.url}/v23.0/111")[0] == 401


def test_the_approved_templates_are_listed(town):
    _, listed, _ = ask("GET", f"{town.url}/v23.0/222/message_templates", Authorization=TOKEN)
    [row] = listed["data"]
    assert (row["name"], row["language"], row["status"], row["category"]) == (
        "notice", "en", "APPROVED", "UTILITY",
    )  # fmt: skip
    assert row["components"] == [
        {"type": "BODY", "text": "About {{1}}"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}]},
    ]
    assert ask("GET", f"{town.url}/v23.0/222/message_templates", Authorization="Bearer x")[0] == 401


def test_marking_a_message_as_read_is_taken(town):
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}
    assert ask("POST", f"{town.url}/v23.0/111/messages", body, Authorization=TOKEN)[1] == {"success": True}


def test_a_body_that_is_no_json_is_refused(town):
    status, answer, _ = ask("POST", f"{town.url}/v23.0/111/messages", form={"a": "b"}, Authorization=TOKEN)
    assert (status, answer["error"]["code"]) == (400, 100)
    status, answer, _ = ask("POST", f"{town.url}/v23.0/111/messages", ["x"], Authorization=TOKEN)
    assert (status, answer["error"]["code"]) == (400, 100)


def test_a_text_that_was_sent_can_be_looked_up(town):
    sid, token = town.call(lambda t: (t.accounts["texts"].account_sid, t.accounts["texts"].auth_token))
    base, auth = f"{town.url}/2010-04-01/Accounts/{sid}", basic(sid, token)
    form = {"To": "+447700900123", "From": "+441632960002", "Body": "Hi"}
    _, sent, _ = ask("POST", f"{base}/Messages.json", form=form, Authorization=auth)
    _, found, _ = ask("GET", f"{base}/Messages/{sent['sid']}.json", Authorization=auth)
    assert (found["status"], found["date_sent"]) == ("delivered", found["date_created"])
    assert {name for name in sent if sent[name] != found[name]} == {"status", "date_sent"}
    status, answer, _ = ask("GET", f"{base}/Messages/SMnothing.json", Authorization=auth)
    assert (status, answer["code"]) == (404, 20404)


def test_an_account_is_shown_to_its_owner_alone(town):
    sid, token = town.call(lambda t: (t.accounts["texts"].account_sid, t.accounts["texts"].auth_token))
    url = f"{town.url}/2010-04-01/Accounts/{sid}.json"
    assert ask("GET", url, Authorization=basic(sid, token))[1]["status"] == "active"
    for wrong in ("", "Bearer x", basic(sid, "x"), basic("ACother", token)):
        assert ask("GET", url, Authorization=wrong)[0] == 401
