"""Our delivery as the Bot API wants it: words with a keyboard under them, a voice note, a picture or a document.

Limits from its reference: text 4,096 characters, 1,024 beside a file, counted in UTF-16; a button's data 64 bytes; no
formatting is asked for, so that no sign of a family's name is ever taken for markup.
"""

from __future__ import annotations

import json
from secrets import token_hex
from typing import NamedTuple

from multidict import CIMultiDict

from porchlight.delivery.gateways.contract import Option, Outgoing
from porchlight.delivery.gateways.sound import Sound

MAX_TEXT = 4096
MAX_CAPTION = 1024
MOST_BUTTONS = 24  # a keyboard may have a hundred; nobody reads so many
_DATA = 64  # bytes
_LABEL = 60
_SHORT = 12  # labels up to here stand beside one another
_BESIDE = 3
_JOINT = ":"  # between our reference, which has none, and the option's key
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Request(NamedTuple):
    """One method with what it is asked."""

    method: str
    headers: CIMultiDict[str]
    body: bytes


def length(text: str) -> int:
    """As Telegram counts: UTF-16 units, an emoji is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def request_of(outgoing: Outgoing) -> Request:
    """What is put on the wire. Raises OSError when the file store has lost what goes along."""
    if outgoing.sound is not None:
        return _with_file("sendVoice", "voice", outgoing, outgoing.sound, caption="")
    if outgoing.along is not None:
        kind = ("sendPhoto", "photo") if outgoing.along.is_picture else ("sendDocument", "document")
        return _with_file(*kind, outgoing, outgoing.along, caption=outgoing.text)
    said: dict[str, object] = {
        "chat_id": outgoing.to,
        "text": outgoing.text,
        "link_preview_options": {"is_disabled": True},
    }
    if keyboard := keyboard_of(outgoing):
        said["reply_markup"] = keyboard
    body = _as_json(said).encode("utf-8", "replace")
    return Request("sendMessage", CIMultiDict({"Content-Type": "application/json"}), body)


def keyboard_of(outgoing: Outgoing) -> dict[str, object] | None:
    """A button for each option. Its data names our delivery and the option, so that a press on an old message, or on
    one that came twice, still finds its question. None where they do not fit: the text names digits anyway."""
    if not outgoing.options or len(outgoing.options) > MOST_BUTTONS:
        return None
    buttons = [
        {"text": one.label[:_LABEL], "callback_data": f"{outgoing.reference}{_JOINT}{one.key}"}
        for one in outgoing.options
    ]
    if not all(
        _fits(one, button["callback_data"]) for one, button in zip(outgoing.options, buttons, strict=True)
    ):
        return None
    short = all(length(one.label) <= _SHORT for one in outgoing.options)
    beside = _BESIDE if short else 1
    rows = [buttons[first : first + beside] for first in range(0, len(buttons), beside)]
    return {"inline_keyboard": rows}


def pressed(data: str) -> tuple[str, str]:
    """Our reference and the option's key in a button's data. What is not of that shape is all key."""
    reference, joint, key = data.partition(_JOINT)
    return (reference, key) if joint else ("", data)


def _fits(option: Option, data: str) -> bool:
    return bool(option.label.strip() and option.key) and len(data.encode("utf-8", "replace")) <= _DATA


def _with_file(method: str, part: str, outgoing: Outgoing, file: Sound, *, caption: str) -> Request:
    """A multipart form: the file, whose it is, and the words beside it."""
    content, boundary = file.content(), f"porchlight-{token_hex(12)}"
    words = {"chat_id": outgoing.to, "caption": caption}
    if caption and (keyboard := keyboard_of(outgoing)):
        words["reply_markup"] = _as_json(keyboard)
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in words.items()
        if value
    )
    named = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{part}"; filename="{file.name}"\r\n'
        f"Content-Type: {file.mime_type}\r\n\r\n"
    )
    body = f"{head}{named}".encode("utf-8", "replace") + content + f"\r\n--{boundary}--\r\n".encode()
    return Request(method, CIMultiDict({"Content-Type": f"multipart/form-data; boundary={boundary}"}), body)
