"""Our delivery as Meta's JSON: free text, buttons, a list, or an approved template.

Limits from Meta's reference: text 4,096 characters; under a photo, a film or a document 1,024;
buttons at most 3 with titles of 20 and a body of 1,024;
a list at most 10 rows with titles of 24, descriptions of 72 and a body of 4,096. Options that fit neither shape
travel as text alone, which names them anyway.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from porchlight.delivery.gateways.contract import Option, Outgoing
from porchlight.delivery.gateways.sound import Along

MAX_TEXT = 4096
MAX_CAPTION = 1024
_BUTTONS, _BUTTON_TITLE, _BUTTON_BODY = 3, 20, 1024
_ROWS, _ROW_TITLE, _ROW_DESCRIPTION, _OPTION_KEY = 10, 24, 72, 200
_OPEN_LIST = {
    "en": "Choose",
    "es": "Elegir",
    "ur": "انتخاب کریں",
    "ur-Latn": "Chunein",
    "ar": "اختيار",
    "ms": "Pilih",
    "zh-Hans": "请选择",
    "ta": "தேர்ந்தெடுங்கள்",
    "ps": "وټاکئ",
    "mi": "Kōwhiria",
}
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_GAPS = re.compile(r"\s+")


def body_of(outgoing: Outgoing, media_id: str = "") -> bytes:
    """The request body; with the id of an uploaded recording, that in place of the text; of a photo, above it.

    A known number goes into `to`; a user id without one into `recipient`, never both.
    """
    message: dict[str, object] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "recipient" if outgoing.to_is_user_id else "to": outgoing.to,
    }
    if media_id and outgoing.along is not None:
        kind = _kind(outgoing.along)
        named = {"filename": outgoing.along.name} if kind == "document" else {}
        message["type"] = kind
        message[kind] = {"id": media_id, "caption": outgoing.text, **named}
    elif media_id:
        message["type"] = "audio"
        message["audio"] = {"id": media_id}
    elif outgoing.template is not None:
        message["type"] = "template"
        message["template"] = _template(outgoing)
    elif outgoing.options and (shape := _interactive(outgoing)):
        message["type"] = "interactive"
        message["interactive"] = shape
    else:
        message["type"] = "text"
        message["text"] = {"preview_url": False, "body": outgoing.text}
    message["biz_opaque_callback_data"] = outgoing.reference
    return _as_json(message).encode("utf-8", "replace")


def _kind(along: Along) -> str:
    if along.is_film:
        return "video"
    return "image" if along.is_picture else "document"


def language_code(tag: str) -> str:
    """Meta joins language and country by an underscore: en_GB."""
    return tag.replace("-", "_")


def _template(outgoing: Outgoing) -> dict[str, object]:
    template = outgoing.template
    assert template is not None  # noqa: S101 — body_of asks only then
    filled: dict[str, object] = {
        "name": template.name,
        "language": {"code": language_code(template.language)},
    }
    if template.code:  # in the text, and behind the button that copies it (Meta's "authentication templates")
        code = [{"type": "text", "text": template.code}]
        filled["components"] = [
            {"type": "body", "parameters": code},
            {"type": "button", "sub_type": "url", "index": "0", "parameters": code},
        ]
    elif template.parameters:
        # Meta refuses line breaks, tabs and runs of spaces inside a blank.
        words = [{"type": "text", "text": _in_one_line(value)} for value in template.parameters]
        filled["components"] = [{"type": "body", "parameters": words}]
    return filled


def _in_one_line(words: str) -> str:
    """With one space in each gap. What is printable has no other gaps than spaces, which is quicker to see."""
    if words.isprintable() and "  " not in words:
        return words.strip()
    return _GAPS.sub(" ", words).strip()


def _interactive(outgoing: Outgoing) -> dict[str, object] | None:
    options = outgoing.options
    if not all(one.label.strip() and 0 < len(one.key) <= _OPTION_KEY for one in options):
        return None
    if _fits_buttons(options) and _length(outgoing.text) <= _BUTTON_BODY:
        buttons = [{"type": "reply", "reply": {"id": one.key, "title": one.label}} for one in options]
        return {"type": "button", "body": {"text": outgoing.text}, "action": {"buttons": buttons}}
    if len(options) > _ROWS:
        return None
    language = outgoing.language
    opens = _OPEN_LIST.get(language) or _OPEN_LIST.get(language.split("-")[0]) or "1 · 2 · 3"
    rows = [_row(one) for one in options]
    if len({row["title"] for row in rows}) < len(rows):  # cut short, two would look the same
        rows = [_row(replace(one, label=f"{n}. {one.label}")) for n, one in enumerate(options, 1)]
    return {
        "type": "list",
        "body": {"text": outgoing.text},
        "action": {"button": opens, "sections": [{"rows": rows}]},
    }


def _fits_buttons(options: Sequence[Option]) -> bool:
    titles = {one.label for one in options}
    fits = len(titles) == len(options) <= _BUTTONS
    return fits and all(_length(title) <= _BUTTON_TITLE for title in titles)


def _row(option: Option) -> dict[str, str]:
    if _length(option.label) <= _ROW_TITLE:
        return {"id": option.key, "title": option.label}
    return {
        "id": option.key,
        "title": _cut(option.label, _ROW_TITLE),
        "description": _cut(option.label, _ROW_DESCRIPTION),
    }


def _length(text: str) -> int:
    """In UTF-16 units, the larger of the ways Meta might count: an emoji is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, most: int) -> str:
    if _length(text) <= most:
        return text
    while _length(text) > most - 1:
        text = text[:-1]
    return text.rstrip() + "…"
