"""Telegram and Africa's Talking, by their own references: the adapters read each shape there, and the practice town
posts no field that does not stand in it and leaves out none that always does.

Neither gives recordings to copy; the fixtures are ours, with the names, types and values that their pages have.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

import practice
from porchlight.delivery.gateways.africas_talking.errors import ERRORS
from porchlight.delivery.gateways.africas_talking.reading import STATUSES
from porchlight.delivery.gateways.africas_talking.reading import read as read_form
from porchlight.delivery.gateways.contract import (
    AddressFailed,
    Advice,
    Heard,
    Ignored,
    InboundEvent,
    RawRequest,
    Receipt,
    Status,
)
from porchlight.delivery.gateways.telegram.reading import read as read_update
from practice import telegram_events
from practice.accounts import AfricasTalkingAccount, TelegramAccount
from practice.africas_talking import AfricasTalking
from practice.enclosures import Enclosure
from practice.phones import Line, Option, Phone
from practice.webhooks import Webhook

FOLDER = Path(practice.__file__).parent / "tests" / "documented"
FORMS = json.loads((FOLDER / "africas_talking.json").read_text())
BOT_API = json.loads((FOLDER / "telegram.json").read_text())
TYPES = {"int": int, "str": str, "bool": bool, "dict": dict, "list": list}
AT = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
FATHER = "+447700900123"
INSIDE = {
    "from": "User", "chat": "Chat", "message": "Message", "reply_to_message": "Message", "user": "User", "voice": "Voice", "document": "Document",
    "photo": "PhotoSize", "old_chat_member": "ChatMember", "new_chat_member": "ChatMember",
}  # fmt: skip
UPDATES = {"message": "Message", "callback_query": "CallbackQuery", "my_chat_member": "ChatMemberUpdated"}


def request(body: bytes, content_type: str) -> RawRequest:
    return RawRequest("POST", "https://school.example.org/hooks/x/", {"content-type": content_type}, body)


def by_form(said: dict[str, str]) -> InboundEvent:
    [event] = read_form(request(urlencode(said).encode(), "application/x-www-form-urlencoded"))
    return event


def by_json(update: dict[str, Any]) -> InboundEvent:
    [event] = read_update(request(json.dumps(update).encode(), "application/json"))
    return event


def holds(kind: str, said: dict[str, str]) -> None:
    """This form is one that their page describes."""
    page = FORMS[kind]
    assert set(page["always"]) <= set(said) <= {*page["always"], *page["sometimes"]}
    for name in ("status", "failureReason"):
        assert name not in said or name not in page or said[name] in page[name]


def fits(kind: str, value: Any) -> None:
    """This object is one that the Bot API describes, and so is each in it."""
    page = BOT_API[kind]
    known = page["always"] | page["sometimes"]
    assert set(page["always"]) <= set(value) <= set(known), kind
    for name, one in value.items():
        assert type(one) is TYPES[known[name]], f"{kind}.{name}"
        inside = INSIDE.get(name)
        for each in one if isinstance(one, list) else [one]:
            if inside and isinstance(each, dict):
                fits(inside, each)


def test_each_status_and_reason_that_is_written_down_is_known() -> None:
    report = FORMS["delivery report"]
    assert {*report["status"], *report["status in use besides"]} == set(STATUSES)
    assert set(report["failureReason"]) <= set(ERRORS)


def test_africas_talkings_examples_are_read() -> None:
    delivered, failed = (by_form(one) for one in FORMS["delivery report"]["examples"])
    assert isinstance(delivered, Receipt)
    assert isinstance(failed, Receipt)
    assert failed.refused is not None
    assert (delivered.status, failed.status, failed.refused.code) == (
        Status.DELIVERED,
        Status.FAILED,
        "DeliveryFailure",
    )
    [text] = (by_form(one) for one in FORMS["incoming message"]["examples"])
    assert isinstance(text, Heard)
    assert (text.text, text.sender.number, text.at) == ("Shukriya", FATHER, AT)
    [stopped] = (by_form(one) for one in FORMS["opt out"]["examples"])
    assert isinstance(stopped, AddressFailed)
    assert stopped.advice is Advice.OPTED_OUT


def test_telegrams_examples_are_read_and_are_what_its_page_describes() -> None:
    for update in BOT_API["updates"]:
        [kind] = set(update) - {"update_id"}
        fits(UPDATES[kind], update[kind])
    said, pressed, blocked = (by_json(update) for update in BOT_API["updates"])
    assert isinstance(said, Heard)
    assert isinstance(pressed, Heard)
    assert isinstance(blocked, AddressFailed)
    assert (said.text, said.sender.user_id) == ("Shukriya", "712345678")
    assert (pressed.text, pressed.choice, pressed.reply_token) == ("Yes", "1", "k7mxq2")
    assert (blocked.advice, blocked.code) == (Advice.OPTED_OUT, "blocked")


def phone() -> Phone:
    return Phone("imran", owner="Imran Yousaf", number=FATHER, telegram_id="712345678", language="ur")


def line(text: str = "Can you come?", **more: Any) -> Line:
    return Line("telegram", "telegram", "school", text, AT, True, provider_id="712345678:40", **more)


@pytest.mark.parametrize("word", ["Sent", "Success", "Failed"])
def test_the_town_reports_in_africas_talkings_shape(word: str) -> None:
    gone = line(error="UserIsInactive")
    posted = AfricasTalking(SimpleNamespace())._report(AfricasTalkingAccount("school"), gone, FATHER, word)
    said = dict(parse_qsl(posted.build().body.decode(), strict_parsing=True))
    holds("delivery report", said)
    assert isinstance(by_form(said), Receipt)


def test_the_town_hands_texts_on_in_africas_talkings_shape() -> None:
    posted: list[Webhook] = []
    town = SimpleNamespace(now=lambda: AT, announce=posted.append)
    AfricasTalking(town).say(AfricasTalkingAccount("school", number="22384"), phone(), "Shukriya")
    said = dict(parse_qsl(posted[0].build().body.decode(), strict_parsing=True))
    holds("incoming message", said)
    heard = by_form(said)
    assert isinstance(heard, Heard)
    assert (heard.text, heard.at) == ("Shukriya", AT)


ENCLOSED = [
    Enclosure("audio", "audio/ogg; codecs=opus", "", b"1"),
    Enclosure("image", "image/jpeg", "", b"1"),
    Enclosure("document", "application/pdf", "letter.pdf", b"1"),
]


@pytest.mark.parametrize(
    "said",
    [
        telegram_events.text_message("Shukriya", 0),
        telegram_events.text_message("Shukriya", 40),
        telegram_events.command("/start abc"),
        *(telegram_events.with_file(one, "For Ms Amal") for one in ENCLOSED),
    ],
    ids=["words", "a reply", "a command", "a voice note", "a picture", "a document"],
)
def test_the_town_says_it_in_telegrams_shape(said: dict[str, Any]) -> None:
    message = telegram_events.message(phone(), 41, AT, said)
    fits("Message", message)
    assert isinstance(by_json({"update_id": 1, "message": message}), Heard)


def test_the_town_presses_and_blocks_in_telegrams_shape() -> None:
    bot = TelegramAccount("school")
    asked = line(options=[Option("k7mxq2:1", "Yes")])
    pressed = telegram_events.callback_query(bot, phone(), asked, asked.options[0])
    fits("CallbackQuery", pressed)
    heard = by_json({"update_id": 2, "callback_query": pressed})
    assert isinstance(heard, Heard)
    assert (heard.text, heard.choice) == ("Yes", "1")
    for is_blocked, what in ((True, AddressFailed), (False, Ignored)):
        change = telegram_events.membership(bot, phone(), AT, is_blocked=is_blocked)
        fits("ChatMemberUpdated", change)
        assert isinstance(by_json({"update_id": 3, "my_chat_member": change}), what)


def test_a_field_that_is_written_down_nowhere_is_found() -> None:
    with pytest.raises(AssertionError):
        holds("opt out", {"senderId": "MAPLE", "phoneNumber": FATHER, "colour": "blue"})
    with pytest.raises(AssertionError):
        fits("Chat", {"id": "712345678", "type": "private"})
