"""What a family can do, and what it is told when it cannot."""

from __future__ import annotations

import pytest

import practice
from practice.errors import Mistake


@pytest.fixture
def town():
    with practice.town_in_thread(status_pause=0) as town:
        town.register_account(gateway="whatsapp", name="maple")
        town.register_account(gateway="twilio", name="texts")
        town.register_account(gateway="office_phone", name="office")
        town.register_account(gateway="mail", name="post", domain="reply.example.org")
        town.register_phone(id="yousaf", number="+447700900123", mailbox="y@example.org")
        town.register_phone(id="aunt", user_id="PK.7", channels=["whatsapp"])
        town.register_phone(id="letters", number="+447700900124", channels=["email"], mailbox="l@example.org")
        town.register_phone(id="keypad", owner="Keypad", channels=["sms"])
        yield town


@pytest.mark.parametrize(
    ("phone", "values", "words"),
    [
        ("yousaf", {"shout": "x"}, "An answer has no shout"),
        ("aunt", {"channel": "sms", "text": "x"}, "aunt has no sms"),
        ("yousaf", {"channel": "sms", "text": " "}, "nothing to say"),
        ("yousaf", {"channel": "sms", "text": "x", "account": "post"}, "called 'post'"),
        ("yousaf", {"channel": "whatsapp", "choice": "yes"}, "No message on this phone offers 'yes'"),
        ("yousaf", {"channel": "email", "text": "x"}, "A new mail needs an address"),
        ("yousaf", {"channel": "email", "text": " "}, "nothing to say"),
        ("yousaf", {"channel": "email", "kind": "poem"}, "kind is auto_reply or bounce"),
        ("yousaf", {"channel": "email", "kind": "bounce"}, "no mail on this phone"),
        ("yousaf", {"channel": "email", "text": "x", "to": "a@nowhere.example"}, "Nobody here receives mail"),
        ("keypad", {"channel": "sms", "ring": True, "account": "texts"}, "no number to ring with"),
        ("keypad", {"channel": "sms", "ring": True, "account": "office"}, "no number to ring with"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(town, phone, values, words):
    with pytest.raises(Mistake, match=words):
        town.answer(phone, **values)


def test_without_an_account_nothing_can_be_said(town):
    town.reset(everything=True)
    town.register_phone(id="yousaf", number="+447700900123")
    with pytest.raises(Mistake, match="No school has an account for sms here"):
        town.answer("yousaf", channel="sms", text="x")


def test_each_channel_carries_words_to_the_account_that_is_named(town):
    for channel, account in (("whatsapp", "maple"), ("sms", "texts"), ("sms", "office")):
        line = town.answer("yousaf", channel=channel, account=account, text="Salaam")
        assert (line.channel, line.account, line.text) == (channel, account, "Salaam")


def test_a_new_mail_goes_to_the_address_it_names(town):
    line = town.answer("yousaf", channel="email", text="Hamza is ill.\nYousaf", to="office@reply.example.org")
    assert (line.account, line.subject, line.text) == ("post", "Hamza is ill.", "Hamza is ill.\nYousaf")


def test_a_family_may_answer_on_the_channel_it_was_written_to_without_saying_so(town):
    assert town.answer("letters", text="x", to="office@reply.example.org").channel == "email"
    assert town.answer("aunt", text="Salaam").channel == "whatsapp"


def test_stop_is_a_word_on_every_channel(town):
    assert town.answer("yousaf", channel="whatsapp", stop=True).text == "STOP"
    assert town.answer("yousaf", channel="sms", stop=True).text == "STOP"
    assert town.answer("yousaf", channel="email", stop=True, to="o@reply.example.org").text == "STOP"


def test_the_carrier_explains_itself_when_asked_for_help(town):
    town.answer("yousaf", channel="sms", account="texts", text="HELP")
    said = town.call(lambda t: t.phones.get("yousaf").lines[-1])
    assert (said.from_school, said.from_network) == (True, True)
    assert town.received("yousaf") == []


def test_a_call_from_a_hidden_number_names_no_number(town):
    line = town.answer("aunt", ring=True)
    assert (line.rang, line.channel) == (True, "whatsapp")
