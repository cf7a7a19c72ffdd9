"""What the Bot API answers and posts: users, chats, messages, presses, memberships, files."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any

from practice.accounts import TelegramAccount
from practice.enclosures import Enclosure
from practice.phones import Line, Option, Phone
from practice.webhooks import Posting, Webhook

LETTERS = "AwACAgQAAxkBAAIB"  # how file ids begin; they are opaque, and end in the town's own id
EXTENSIONS = {
    "audio": "voice/file_{id}.oga",
    "image": "photos/file_{id}.jpg",
    "document": "documents/file_{id}.pdf",
}
REFUSALS = {
    "blocked": (403, "Forbidden: bot was blocked by the user"),
    "deactivated": (403, "Forbidden: user is deactivated"),
    "chat_not_found": (400, "Bad Request: chat not found"),
    "not_begun": (403, "Forbidden: bot can't initiate conversation with a user"),
    "unauthorized": (401, "Unauthorized"),
}


def refusal_for(code: str) -> tuple[int, str, dict[str, Any]]:
    """The weather's `code`: one of the names above, or "migrated"."""
    if code == "migrated":
        moved = {"migrate_to_chat_id": -1001234567890}
        return 400, "Bad Request: group chat was upgraded to a supergroup chat", moved
    return (*REFUSALS.get(code, (400, f"Bad Request: {code}")), {})


def bot(account: TelegramAccount) -> dict[str, Any]:
    """As getMe shows it."""
    return {
        "id": account.id,
        "is_bot": True,
        "first_name": account.name,
        "username": account.username,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def user(phone: Phone) -> dict[str, Any]:
    first, _, last = phone.profile_name.partition(" ")
    known = {"last_name": last, "username": phone.username, "language_code": phone.language.partition("-")[0]}
    plain = {"id": int(phone.telegram_id), "is_bot": False, "first_name": first}
    return plain | {name: value for name, value in known.items() if value}


def chat(phone: Phone) -> dict[str, Any]:
    person = user(phone)
    named: dict[str, Any] = {
        name: person[name] for name in ("first_name", "last_name", "username") if name in person
    }
    return {"id": person["id"], **named, "type": "private"}


def sent_message(account: TelegramAccount, phone: Phone, line: Line) -> dict[str, Any]:
    """What a sending answers with, and what stands behind a pressed button."""
    sender = {name: bot(account)[name] for name in ("id", "is_bot", "first_name", "username")}
    said: dict[str, Any] = {
        "message_id": int(line.provider_id.rpartition(":")[2]),
        "from": sender,
        "chat": chat(phone),
        "date": int(line.at.timestamp()),
    }
    said["caption" if line.enclosed else "text"] = line.text
    if line.options:
        rows = [[{"text": one.label, "callback_data": one.key}] for one in line.options]
        said["reply_markup"] = {"inline_keyboard": rows}
    return said


def message(phone: Phone, number: int, at: datetime, said: dict[str, Any]) -> dict[str, Any]:
    """What a family sent: `said` is the part that differs."""
    plain = {"message_id": number, "from": user(phone), "chat": chat(phone), "date": int(at.timestamp())}
    if (answered := said.get("reply_to_message")) is not None:
        said = said | {"reply_to_message": {**answered, "chat": chat(phone)}}
    return plain | said


def text_message(text: str, answered: int) -> dict[str, Any]:
    reply = {"reply_to_message": {"message_id": answered, "date": 0}} if answered else {}
    return {**reply, "text": text}


def command(words: str) -> dict[str, Any]:
    length = len(words.partition(" ")[0])
    return {"text": words, "entities": [{"offset": 0, "length": length, "type": "bot_command"}]}


def with_file(enclosure: Enclosure, caption: str) -> dict[str, Any]:
    """A voice note, a picture in two sizes, or a document."""
    size = len(enclosure.content)
    named = {"file_id": file_id(enclosure), "file_unique_id": f"AgAD{enclosure.id}", "file_size": size}
    mime = enclosure.mime_type.partition(";")[0]
    words = {"caption": caption} if caption else {}
    if enclosure.kind == "audio":
        return {"voice": {"duration": 8, "mime_type": mime, **named}, **words}
    if enclosure.kind == "image":
        small = {**named, "file_id": LETTERS + "thumb0", "file_size": 900, "width": 90, "height": 68}
        return {"photo": [small, {**named, "width": 96, "height": 72}], **words}
    return {"document": {"file_name": enclosure.name, "mime_type": mime, **named}, **words}


def file_id(enclosure: Enclosure) -> str:
    return LETTERS + enclosure.id


def id_in(file: str) -> str:
    """The town's own id in a file id; empty for another's."""
    return file.removeprefix(LETTERS) if file.startswith(LETTERS) else ""


def file(enclosure: Enclosure) -> dict[str, Any]:
    """As getFile shows it."""
    return {
        "file_id": file_id(enclosure),
        "file_unique_id": f"AgAD{enclosure.id}",
        "file_size": len(enclosure.content),
        "file_path": EXTENSIONS[enclosure.kind].format(id=enclosure.id),
    }


def callback_query(account: TelegramAccount, phone: Phone, line: Line, option: Option) -> dict[str, Any]:
    return {
        "id": str(secrets.randbelow(9 * 10**17) + 10**17),
        "from": user(phone),
        "message": sent_message(account, phone, line),
        "chat_instance": str(secrets.randbelow(9 * 10**17) + 10**17),
        "data": option.key,
    }


def membership(account: TelegramAccount, phone: Phone, at: datetime, *, is_blocked: bool) -> dict[str, Any]:
    """A bot learns by its own membership that it was blocked, or let in again."""
    member = {"user": {name: bot(account)[name] for name in ("id", "is_bot", "first_name", "username")}}
    kicked = {**member, "status": "kicked", "until_date": 0}
    there = {**member, "status": "member"}
    old, new = (there, kicked) if is_blocked else (kicked, there)
    return {
        "chat": chat(phone),
        "from": user(phone),
        "date": int(at.timestamp()),
        "old_chat_member": old,
        "new_chat_member": new,
    }


def hook(account: TelegramAccount, kind: str, update: dict[str, Any]) -> Webhook:
    """One update, with the word that setWebhook gave."""
    body = json.dumps(update, ensure_ascii=True, separators=(",", ":")).encode()

    def build() -> Posting:
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate"}
        if account.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = account.secret_token
        return Posting(body, headers)

    return Webhook("telegram", kind, account.callback, build)
