"""A family begins in Telegram: by Start and a card, with buttons that know their question, and STOP that holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Answer, Ask, Message, TriageItem, TriageReason
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.gateways import registry
from porchlight.delivery.gateways.telegram.proof import word_of
from porchlight.delivery.models import Account, Delivery, InboundEvent
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.hooks import path_of, process
from porchlight.families.models import Address, Channel, Consent, ContactPoint
from porchlight.welcome.printed import numbers_of, start
from porchlight.welcome.tests.greeting_kit import card, no_way_is_known

TOKEN = "7123456789:AAHpractice-token_of-nobody0123456789"
CHAT, ANOTHER = 712345678, 798765432
numbers = count(870000001)


@pytest.fixture
def bot(town: Town, settings: Any) -> Iterator[Account]:
    settings.PORCHLIGHT_GATEWAYS = [*settings.PORCHLIGHT_GATEWAYS, "porchlight.delivery.gateways.telegram"]
    registry.all_gateways.cache_clear()
    yield cast.account(
        town.school, "telegram", label="Bot", sender="@maple_street_bot", secrets={"bot_token": TOKEN}
    )
    registry.all_gateways.cache_clear()


def comes(bot: Account, kind: str, chat: int = CHAT, **what: Any) -> HttpResponse:
    """An update as Telegram posts it; understood at once."""
    person = {"id": chat, "is_bot": False, "first_name": "Yousaf", "language_code": "ur"}
    place = {"id": chat, "first_name": "Yousaf", "type": "private"}
    said = {"from": person, "chat": place, "date": int(TUESDAY.timestamp()), **what}
    answer = Client().post(
        path_of(bot),
        json.dumps({"update_id": next(numbers), kind: said}),
        content_type="application/json",
        headers={"X-Telegram-Bot-Api-Secret-Token": word_of(TOKEN)},
    )
    assert answer.status_code == 200
    process()
    return answer


def writes(bot: Account, text: str, chat: int = CHAT) -> None:
    comes(bot, "message", chat, message_id=next(numbers), text=text)


def presses(bot: Account, data: str, message: int, chat: int = CHAT) -> HttpResponse:
    ours = {"message_id": message, "chat": {"id": chat, "type": "private"}, "date": 0}
    return comes(bot, "callback_query", chat, id=str(next(numbers)), message=ours, data=data)


def is_theirs(town: Town) -> Address:
    """Mr Yousaf has begun: his chat is the one way to him."""
    no_way_is_known(town)
    address = Address.objects.create(school=town.school, channel=Channel.TELEGRAM, user_id=str(CHAT))
    ContactPoint.objects.create(
        school=town.school, address=address, guardian=town.yousaf.guardian, consented=True
    )
    return address


def ask(town: Town, text: str, message: int, later: timedelta = timedelta()) -> tuple[Ask, Delivery]:
    """A question to 4A, and its delivery as if the bot had carried it."""
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    draft = Draft(text, "en", audience, kind="question", question=Question("yes_no"))
    notice = write(draft, school=town.school, by=town.amal.actor(), now=TUESDAY + later)
    release(notice, by=town.amal.actor(), now=TUESDAY + later)
    sent = Delivery.objects.filter(channel=Channel.TELEGRAM, parcel__service_kind="").latest("pk")
    Delivery.objects.filter(pk=sent.pk).update(provider_id=f"{CHAT}:{message}", status=1, sent_at=TUESDAY)
    Ask.objects.filter(notice=notice).update(
        created_at=TUESDAY + later
    )  # the clock of these tests stands still
    return Ask.objects.get(notice=notice), sent


def served(chat: int = CHAT) -> list[tuple[str, bool]]:
    """What we said ourselves to a chat, oldest first, and whether it went to an id."""
    rows = Delivery.objects.filter(to=str(chat)).exclude(parcel__service_kind="").order_by("pk")
    return [(row.parcel.service_kind, row.to_is_user_id) for row in rows]


def test_start_behind_the_link_on_a_card_makes_the_chat_theirs(town: Town, bot: Account) -> None:
    no_way_is_known(town)
    code = card(town)
    opens = start(town.school, numbers_of(town.school), language="en", code=code)
    assert opens is not None
    assert (opens.telegram, opens.opens_telegram) == (
        "@maple_street_bot",
        f"https://t.me/maple_street_bot?start={code.replace(' ', '')}",
    )
    writes(bot, f"/start {code.replace(' ', '')}")
    point = ContactPoint.objects.get(guardian=town.yousaf.guardian, ended_at=None)
    assert (point.address.channel, point.address.value, point.address.user_id) == ("telegram", "", str(CHAT))
    assert point.consented
    assert point.consents.get().wording.startswith("السلام علیکم")
    assert served() == [("hello_back", True)]


def test_start_by_somebody_we_do_not_know_is_greeted_and_lies_with_the_office(
    town: Town, bot: Account
) -> None:
    writes(bot, "/start hello")
    item = TriageItem.objects.get()
    assert (item.reason, item.channel, item.sender, item.sender_name) == (
        TriageReason.UNKNOWN_SENDER,
        "telegram",
        str(CHAT),
        "Yousaf",
    )
    assert served() == [("hello_who", True)]
    assert Delivery.objects.get(to=str(CHAT)).parcel.language == "ur"


def test_a_button_under_an_older_question_answers_that_one_and_its_waiting_ends(
    town: Town, bot: Account
) -> None:
    is_theirs(town)
    first, sent = ask(town, "Will you come on Friday?", 40)
    second, _ = ask(town, "May we take her picture?", 41, timedelta(minutes=1))
    answered = presses(bot, f"{sent.reference}:1", 40)
    assert json.loads(answered.content)["method"] == "answerCallbackQuery"
    assert [(row.ask, row.keys, row.channel) for row in Answer.objects.all()] == [
        (first, ["yes"], "telegram")
    ]
    writes(bot, "2")
    assert Answer.objects.latest("pk").ask == second
    assert Answer.objects.latest("pk").keys == ["no"]


def test_a_button_under_a_message_that_came_twice_still_finds_its_question(town: Town, bot: Account) -> None:
    is_theirs(town)
    first, sent = ask(town, "Will you come on Friday?", 40)
    ask(town, "May we take her picture?", 41, timedelta(minutes=1))
    presses(bot, f"{sent.reference}:1", 39)  # the message whose id we never learnt
    assert [row.ask for row in Answer.objects.all()] == [first]


def test_a_button_made_up_in_another_chat_answers_nothing_of_theirs(town: Town, bot: Account) -> None:
    is_theirs(town)
    _, sent = ask(town, "Will you come on Friday?", 40)
    presses(bot, f"{sent.reference}:1", 40, ANOTHER)
    assert not Answer.objects.exists()
    assert TriageItem.objects.get().sender == str(ANOTHER)


def test_words_and_voice_notes_stand_in_the_fathers_thread(town: Town, bot: Account) -> None:
    is_theirs(town)
    writes(bot, "حمزہ کو کتاب مل گئی")
    voice = {"file_id": "AwACAgQ", "duration": 4, "mime_type": "audio/ogg"}
    comes(bot, "message", message_id=9, voice=voice)
    said = Message.objects.order_by("pk")
    assert [(one.channel, one.text, len(one.media)) for one in said] == [
        ("telegram", "حمزہ کو کتاب مل گئی", 0),
        ("telegram", "", 1),
    ]


def test_stop_holds_until_start_is_pressed_again(town: Town, bot: Account) -> None:
    address = is_theirs(town)
    writes(bot, "/stop")
    address.refresh_from_db()
    assert address.opted_out_at is not None
    writes(bot, "Salaam")
    address.refresh_from_db()
    assert address.opted_out_at is not None, "a greeting opened what was stopped"
    writes(bot, "/start")
    address.refresh_from_db()
    assert address.opted_out_at is None
    assert [kind for kind, _ in served()] == ["stop_confirmed", "start_confirmed"]
    assert list(Consent.objects.order_by("pk").values_list("given", flat=True)) == [False, True]


def test_a_bot_that_was_blocked_writes_no_more_and_letting_it_in_opens_nothing(
    town: Town, bot: Account
) -> None:
    address = is_theirs(town)
    for status in ("kicked", "member"):
        comes(bot, "my_chat_member", new_chat_member={"user": {"id": 1}, "status": status})
        address.refresh_from_db()
        assert address.opted_out_at is not None
    assert not Consent.objects.latest("pk").given
    assert served() == []
    assert not InboundEvent.objects.filter(outcome__startswith="failed").exists()


def test_without_the_word_of_proof_nothing_is_kept_and_nothing_is_said(town: Town, bot: Account) -> None:
    body = json.dumps({"update_id": 1, "callback_query": {"id": "77"}})
    answer = Client().post(path_of(bot), body, content_type="application/json")
    assert (answer.status_code, answer.content) == (403, b"no")
    assert not InboundEvent.objects.exists()
