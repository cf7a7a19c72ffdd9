"""What one Telegram message says, whatever it holds: words, a command, a voice note, a picture, a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from porchlight.delivery.gateways.contract import Media
from porchlight.delivery.gateways.tolerant import mapping, objects, text

type Json = Mapping[str, object]

LONGEST_NAME = 200
UNSUPPORTED = "(Telegram could not pass this message on. Please ask the family to send it another way.)"
_FILES = {
    "voice": "audio",
    "audio": "audio",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "document",
    "sticker": "image",
}
_TYPES = {"voice": "audio/ogg", "video_note": "video/mp4", "sticker": "image/webp", "photo": "image/jpeg"}
# What a person sends and a bot cannot pass on, and what Telegram itself says about a chat.
_SENT = (
    *("poll", "dice", "game", "story", "paid_media", "checklist", "gift", "giveaway", "invoice"),
    *("users_shared", "chat_shared", "passport_data"),
)
_OF_THE_CHAT = (
    *("pinned_message", "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo"),
    *("delete_chat_photo", "group_chat_created", "supergroup_chat_created", "migrate_to_chat_id"),
    *("message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed", "boost_added"),
)
_COMMAND = re.compile(r"/(start|stop|help)(?:@\w+)?(?:\s+(\S{1,64}))?\s*", re.IGNORECASE)
_CARD = re.compile(r"[0-9]{12}")
# The greeting in the language of the person's own Telegram, so that we answer in it.
_HELLO = {
    "ur": "السلام علیکم",
    "es": "Hola",
    "ar": "السلام عليكم",
    "mi": "Kia ora",
    "ms": "Selamat sejahtera",
    "zh": "您好",
}


@dataclass(frozen=True, slots=True)
class Said:
    """The part of a message that counts."""

    text: str = ""
    media: tuple[Media, ...] = ()
    full_text: str = ""
    begins: bool = False


def kind_of(message: Json) -> str:
    """What it is, where it is nothing that is heard; for the record."""
    return next((name for name in (*_OF_THE_CHAT, *_SENT) if name in message), "empty")


def words_of(message: Json) -> Said | None:
    """What is said; None for what nobody says."""
    words = text(message, "text")
    if command := _COMMAND.fullmatch(words):
        return _command(command, words, text(message, "from", "language_code"))
    if words:
        return Said(words)
    if media := _file(message):
        emoji = text(message, "sticker", "emoji")
        return Said(text(message, "caption") or emoji, (media,))
    for name, reader in _READERS.items():
        if isinstance(message.get(name), dict):
            return Said(reader(mapping(message[name])))
    return Said(UNSUPPORTED) if kind_of(message) in _SENT else None


def _command(found: re.Match[str], words: str, reads: str) -> Said:
    """Start is a greeting, with the number of a card where the link on it was opened; the others are our words."""
    named, along = found[1].lower(), found[2] or ""
    if named != "start":
        return Said(named.upper(), full_text=words)
    hello = _HELLO.get(reads.partition("-")[0].lower(), "Hello")
    number = along if _CARD.fullmatch(along) else ""
    return Said(f"{hello} {number}".strip(), full_text=words, begins=True)


def _file(message: Json) -> Media | None:
    """What came along. A picture comes in several sizes: the largest is taken."""
    sizes = list(objects(message.get("photo")))
    if sizes:
        largest = max(sizes, key=_size)
        return Media("image", text(largest, "file_id"), _TYPES["photo"])
    for name, kind in _FILES.items():
        if isinstance(message.get(name), dict):
            file = mapping(message[name])
            mime = text(file, "mime_type") or _TYPES.get(name, "")
            return Media(kind, text(file, "file_id"), mime, name=text(file, "file_name")[:LONGEST_NAME])
    return None


def _size(photo: Json) -> int:
    width, height = text(photo, "width"), text(photo, "height")
    return int(width) * int(height) if width.isdecimal() and height.isdecimal() else 0


def _place(place: Json) -> str:
    """In the notation of RFC 5870, so that maps can open it."""
    return f"geo:{text(place, 'latitude')},{text(place, 'longitude')}"


def _named_place(venue: Json) -> str:
    named = [text(venue, "title"), text(venue, "address"), _place(mapping(venue.get("location")))]
    return "\n".join(part for part in named if part)


def _visiting_card(card: Json) -> str:
    """A name and a number. Even their own proves nothing here: numbers change by people (decision 55)."""
    parts = (text(card, "first_name"), text(card, "last_name"), text(card, "phone_number"))
    return " ".join(part for part in parts if part)


_READERS = {"venue": _named_place, "location": _place, "contact": _visiting_card}
