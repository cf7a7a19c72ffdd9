"""The pretend Bot API: what it takes, what it refuses, what it posts; and its phone on the town's pages."""

from __future__ import annotations

import json

import pytest

import practice
from practice.tests.asking import ask
from practice.tests.test_page import Reader

TOKEN = "7123456789:practice-token-of-nobody-0123456789"


@pytest.fixture
def town(callback):
    with practice.town_in_thread(status_pause=0, retry_waits=(0.02, 0.02, 0.02)) as town:
        town.register_account(
            gateway="telegram",
            name="maple",
            callback=callback.url,
            bot_token=TOKEN,
            secret_token="word-of-proof",
        )
        town.register_phone(id="khan", owner="Bilal Khan", telegram_id="712345678")
        yield town


def call(town, method, token=TOKEN, **said):
    return ask("POST", f"{town.url}/bot{token}/{method}", said)


def begun(town):
    town.answer("khan", channel="telegram", start="hello")
    town.settle()


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        ({"chat_id": 712345678, "text": " "}, 400, "Bad Request: message text is empty"),
        ({"chat_id": 712345678, "text": "x" * 4097}, 400, "Bad Request: message is too long"),
        ({"chat_id": 5, "text": "Hello"}, 400, "Bad Request: chat not found"),
        (
            {
                "chat_id": 712345678,
                "text": "?",
                "reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "x" * 65}]]},
            },
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"chat_id": 712345678, "text": "?", "reply_markup": {"inline_keyboard": [{"text": "Yes"}]}},
            400,
            "Bad Request: object expected as reply markup",
        ),
    ],
)
def test_what_cannot_be_sent_is_refused_in_telegrams_words(town, said, status, sentence):
    begun(town)
    answer, told, _ = call(town, "sendMessage", **said)
    assert (answer, told) == (status, {"ok": False, "error_code": status, "description": sentence})


def test_a_bot_writes_to_nobody_first_and_to_nobody_who_blocked_it(town):
    assert call(town, "sendMessage", chat_id=712345678, text="Hello")[1]["error_code"] == 400
    begun(town)
    taken = call(town, "SENDMESSAGE", chat_id=712345678, text="Hello")[1]
    assert taken["ok"]
    assert taken["result"]["chat"] == {
        "id": 712345678,
        "first_name": "Bilal",
        "last_name": "Khan",
        "type": "private",
    }
    town.answer("khan", channel="telegram", block="1")
    refused = call(town, "sendMessage", chat_id=712345678, text="Hello")[1]
    assert refused["description"] == "Forbidden: bot was blocked by the user"


@pytest.mark.parametrize(("token", "status"), [("7:unknown", 401), (TOKEN, 404)])
def test_an_unknown_bot_and_an_unknown_method_are_told_apart(town, token, status):
    assert call(town, "danceMessage", token)[0] == status


def test_each_update_shows_the_word_and_has_a_number_of_its_own(town, callback):
    begun(town)
    town.answer("khan", channel="telegram", text="Salaam")
    town.settle()
    assert {post.headers["x-telegram-bot-api-secret-token"] for post in callback.posts} == {"word-of-proof"}
    first, second = (json.loads(post.body) for post in callback.posts)
    assert second["update_id"] == first["update_id"] + 1
    assert first["message"]["text"] == "/start hello"
    assert first["message"]["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]


def test_only_the_updates_that_were_asked_for_are_posted(town, callback):
    hook = {"url": callback.url, "secret_token": "another", "allowed_updates": ["message"]}
    assert call(town, "setWebhook", **hook)[1] == {"ok": True, "result": True}
    begun(town)
    town.answer("khan", channel="telegram", block="1")
    town.settle()
    assert [list(json.loads(post.body))[1] for post in callback.posts] == ["message"]
    bad = call(town, "setWebhook", url="http://school.example.org/")[1]
    assert bad["description"].startswith("Bad Request: bad webhook")


def test_the_phone_stands_in_the_town_with_start_and_with_blocking(town):
    page = Reader(ask("GET", f"{town.url}/phones/khan/")[1])
    words = " ".join(page.text)
    assert "Telegram to @maple_street_bot" in words
    assert "712345678" in words
    labels = [label for form in page.forms for label in form.buttons]
    assert {"Press Start", "Block the bot", "Send a voice note", "Send STOP"} <= set(labels)
    assert "Let it ring once" not in labels
