"""What Telegram's updates say: words, presses, commands, files, a bot that was blocked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from porchlight.delivery.gateways.contract import AddressFailed, Advice, Heard, Ignored, Media, Sender
from porchlight.delivery.gateways.telegram.messages import UNSUPPORTED
from porchlight.delivery.gateways.tests.table import Hears, as_json

HIM = Sender(user_id="712345678", name="Yousaf Khan")
PERSON = {
    "id": 712345678,
    "is_bot": False,
    "first_name": "Yousaf",
    "last_name": "Khan",
    "language_code": "en",
}
CHAT = {"id": 712345678, "first_name": "Yousaf", "last_name": "Khan", "type": "private"}
GROUP = {"id": -1001234567890, "title": "4A parents", "type": "supergroup"}
BOT = {"id": 7123456789, "is_bot": True, "first_name": "Maple Street", "username": "maple_street_bot"}
AT = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
SECONDS = int(AT.timestamp())
VOICE = {
    "file_id": "AwACAgQAAxkBAAIBVoice",
    "file_unique_id": "AgADx",
    "duration": 8,
    "mime_type": "audio/ogg",
}


def update(kind: str, what: Any, number: int = 870000001) -> bytes:
    return as_json({"update_id": number, kind: what})


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 41, "from": PERSON, "chat": CHAT, "date": SECONDS, **more}


def said(name: str, text: str, sent: dict[str, Any], *media: Media, **more: Any) -> Hears:
    """A message from the father that says this."""
    heard = Heard("712345678:41", HIM, text, media=media, at=AT, **more)
    return Hears(name, update("message", message(**sent)), [heard])


def ignored(name: str, kind: str, body: bytes) -> Hears:
    return Hears(name, body, [Ignored("", kind)])


def press(data: str, **more: Any) -> dict[str, Any]:
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "k7mxq2:1"}], [{"text": "No"}]]}
    ours = {
        "message_id": 40,
        "from": BOT,
        "chat": CHAT,
        "date": SECONDS,
        "text": "?",
        "reply_markup": keyboard,
    }
    return {"id": "3059", "from": PERSON, "message": {**ours, **more}, "chat_instance": "-1", "data": data}


def pressed(text: str, choice: str, reference: str = "k7mxq2") -> Heard:
    return Heard("press:3059", HIM, text, choice, in_reply_to="712345678:40", reply_token=reference)


def membership(status: str, chat: dict[str, Any] = CHAT) -> bytes:
    member = {"user": BOT, "status": status, "until_date": 0}
    change = {"chat": chat, "from": PERSON, "date": SECONDS, "old_chat_member": {}, "new_chat_member": member}
    return update("my_chat_member", change)


WORDS = [
    said("words", "جی ہاں 👍", {"text": "جی ہاں 👍"}),
    said(
        "words that answer ours",
        "Friday",
        {"text": "Friday", "reply_to_message": {"message_id": 40, "chat": CHAT, "date": SECONDS}},
        in_reply_to="712345678:40",
    ),
    Hears(
        "words that were corrected are heard as well",
        update("edited_message", message(text="Thursday", edit_date=SECONDS + 60)),
        [Heard(f"712345678:41:{SECONDS + 60}", HIM, "Thursday", at=datetime(2026, 10, 6, 8, 1, tzinfo=UTC))],
    ),
    said("Start is a greeting", "Hello", {"text": "/start hello"}, full_text="/start hello", begins=True),
    said(
        "Start with the number of a card",
        "Hello 482173906512",
        {"text": "/start 482173906512"},
        full_text="/start 482173906512",
        begins=True,
    ),
    Hears(
        "Start in a Telegram that speaks Urdu",
        update("message", message(text="/start", **{"from": {**PERSON, "language_code": "ur-PK"}})),
        [Heard("712345678:41", HIM, "السلام علیکم", at=AT, full_text="/start", begins=True)],
    ),
    said(
        "a command that stops", "STOP", {"text": "/stop@maple_street_bot"}, full_text="/stop@maple_street_bot"
    ),
    said("a command that asks for help", "HELP", {"text": "/help"}, full_text="/help"),
    said("a command nobody knows is words", "/menu", {"text": "/menu"}),
    said("a place", "geo:33.6,73.1", {"location": {"latitude": 33.6, "longitude": 73.1}}),
    said(
        "a named place",
        "The mill\nMill Lane\ngeo:51,-0.5",
        {
            "location": {"latitude": 51, "longitude": -0.5},
            "venue": {
                "location": {"latitude": 51, "longitude": -0.5},
                "title": "The mill",
                "address": "Mill Lane",
            },
        },
    ),
    said(
        "a visiting card",
        "Amina +447700900124",
        {"contact": {"phone_number": "+447700900124", "first_name": "Amina"}},
    ),
    said("something we cannot read", UNSUPPORTED, {"poll": {"id": "1", "question": "?"}}),
]
FILES = [
    said("a voice note", "", {"voice": VOICE}, Media("audio", "AwACAgQAAxkBAAIBVoice", "audio/ogg")),
    said(
        "a picture in three sizes, with words",
        "Her volcano",
        {
            "caption": "Her volcano",
            "photo": [
                {"file_id": "small", "width": 90, "height": 51},
                {"file_id": "large", "width": 1280, "height": 720},
                {"file_id": "middle", "width": 800, "height": 450},
            ],
        },
        Media("image", "large", "image/jpeg"),
    ),
    said(
        "a document with its name",
        "",
        {"document": {"file_id": "D1", "mime_type": "application/pdf", "file_name": "letter.pdf"}},
        Media("document", "D1", "application/pdf", name="letter.pdf"),
    ),
    said("a round video", "", {"video_note": {"file_id": "N1"}}, Media("video", "N1", "video/mp4")),
    said("a sticker", "❤", {"sticker": {"file_id": "S1", "emoji": "❤"}}, Media("image", "S1", "image/webp")),
    said("a picture without sizes", "", {"photo": [{"file_id": "P1"}]}, Media("image", "P1", "image/jpeg")),
]
PRESSES = [
    Hears("a button", update("callback_query", press("k7mxq2:1")), [pressed("Yes", "1")]),
    Hears(
        "a button under a message that Telegram no longer shows",
        update("callback_query", press("k7mxq2:1", reply_markup=None, text=None, date=0)),
        [pressed("", "1")],
    ),
    Hears(
        "a button whose data names nothing of ours",
        update("callback_query", press("yes")),
        [pressed("", "yes", reference="")],
    ),
    Hears(
        "a button whose key holds a colon",
        update("callback_query", press("k7mxq2:day:2")),
        [pressed("", "day:2")],
    ),
    ignored("a game in place of data", "callback_query.no data", update("callback_query", press(""))),
    ignored(
        "a button in a group",
        "callback_query.not private",
        update("callback_query", press("k7mxq2:1", chat=GROUP)),
    ),
]
OTHERS = [
    Hears(
        "the bot was blocked",
        membership("kicked"),
        [AddressFailed(f"blocked:712345678:{SECONDS}", HIM, Advice.OPTED_OUT, "blocked", AT)],
    ),
    ignored("the bot was let in again", "my_chat_member.member", membership("member")),
    ignored("the bot came into a group", "my_chat_member.not private", membership("member", GROUP)),
    ignored(
        "words in a group", "message.not private", update("message", message(text="Hello all", chat=GROUP))
    ),
    ignored(
        "another bot's words", "message.not private", update("message", message(text="Buy", **{"from": BOT}))
    ),
    ignored(
        "a pinned message",
        "message.pinned_message",
        update("message", message(pinned_message={"message_id": 1})),
    ),
    ignored("a message with nothing in it", "message.empty", update("message", message())),
    ignored("an update of a new kind", "business_message", update("business_message", {"text": "Hello"})),
    ignored("an update with nothing in it", "nothing in it", as_json({"update_id": 1})),
    ignored("no JSON", "unreadable", b"<html>"),
    ignored("no object", "nothing in it", b"[1]"),
]
HEARS = [*WORDS, *FILES, *PRESSES, *OTHERS]
