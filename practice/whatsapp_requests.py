"""Reading what a business asks the WhatsApp Cloud API to send, as strictly as the service reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from practice.accounts import Template, WhatsAppAccount
from practice.phones import Option, plain_number
from practice.whatsapp_errors import Refused

AUTHENTICATION, LONGEST_CODE = "AUTHENTICATION", 15
MAX_BUTTONS, MAX_ROWS, MAX_SECTIONS = 3, 10, 10
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(slots=True)
class Wish:
    """One message the business wants sent, understood and found right."""

    number: str  # E.164, or empty
    user_id: str  # or empty
    asked_for: str  # what the request named the recipient, for `contacts[].input`
    text: str
    reference: str = ""
    template: str = ""
    options: list[Option] = field(default_factory=list)
    list_label: str = ""
    sound: str = ""  # the id of an uploaded recording
    file: str = ""  # the id of an uploaded photo, film or document
    copies: str = ""  # what a button puts into the phone's clipboard
    raw: dict[str, Any] = field(default_factory=dict)


def read(account: WhatsAppAccount, body: Any) -> Wish:
    """Raises Refused as the service would."""
    if not isinstance(body, dict):
        raise Refused(100, "The request body has to be a JSON object.")
    if body.get("messaging_product") != "whatsapp":
        raise Refused(100, message="(#100) The parameter messaging_product is required.")
    if body.get("recipient_type", "individual") != "individual":
        raise Refused(100, message="(#100) Param recipient_type must be individual.")
    wish = _recipient(body)
    reference = body.get("biz_opaque_callback_data", "")
    if not isinstance(reference, str) or len(reference.encode()) > 512:
        raise Refused(100, message="(#100) Param biz_opaque_callback_data must be at most 512 bytes.")
    wish.reference, wish.raw = reference, body
    kind = body.get("type", "text")
    readers = {"text": _text, "template": _template, "interactive": _interactive, "audio": _audio}
    readers |= {"image": _picture, "video": _film, "document": _document}
    if kind not in readers:
        raise Refused(131051)
    readers[kind](account, wish, _dict(body, kind))
    return wish


def _recipient(body: dict[str, Any]) -> Wish:
    to, recipient = body.get("to", ""), body.get("recipient", "")
    if to:  # the number wins when both are there
        number = plain_number(str(to))
        if not 8 <= len(number) <= 16:
            raise Refused(100, message="(#100) Param to is not a phone number.")
        return Wish(number, "", str(to), "")
    if recipient:
        if not re.fullmatch(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}", str(recipient)):
            raise Refused(131009, "Parameter recipient is not a business-scoped user ID.")
        return Wish("", str(recipient), str(recipient), "")
    raise Refused(100, message="(#100) The parameter to is required.")


def _text(account: WhatsAppAccount, wish: Wish, text: dict[str, Any]) -> None:
    wish.text = _words(text, "body", 4096)


def _audio(account: WhatsAppAccount, wish: Wish, audio: dict[str, Any]) -> None:
    if "link" in audio:
        raise Refused(100, message="(#100) This town fetches nothing: upload the recording and name its id.")
    wish.sound = _words(audio, "id", 40)


def _picture(account: WhatsAppAccount, wish: Wish, picture: dict[str, Any]) -> None:
    _along(wish, picture)
    if "filename" in picture:
        raise Refused(100, message="(#100) Unexpected key 'filename' on param 'image'.")


def _film(account: WhatsAppAccount, wish: Wish, film: dict[str, Any]) -> None:
    _along(wish, film)
    if "filename" in film:
        raise Refused(100, message="(#100) Unexpected key 'filename' on param 'video'.")


def _document(account: WhatsAppAccount, wish: Wish, document: dict[str, Any]) -> None:
    _along(wish, document)
    _words(document, "filename", 240)


def _along(wish: Wish, file: dict[str, Any]) -> None:
    if "link" in file:
        raise Refused(100, message="(#100) This town fetches nothing: upload the file and name its id.")
    wish.file = _words(file, "id", 40)
    wish.text = _words(file, "caption", 1024) if file.get("caption") else ""


def _interactive(account: WhatsAppAccount, wish: Wish, interactive: dict[str, Any]) -> None:
    wish.text = _words(
        _dict(interactive, "body"), "text", 4096 if interactive.get("type") == "list" else 1024
    )
    action = _dict(interactive, "action")
    if interactive.get("type") == "button":
        wish.options = [_button(row) for row in _rows(action, "buttons", MAX_BUTTONS)]
    elif interactive.get("type") == "list":
        wish.list_label = _words(action, "button", 20)
        wish.options = _list_rows(action)
    else:
        raise Refused(131009, "Parameter interactive.type is button or list.")
    for what in ("key", "label"):
        if len({getattr(o, what) for o in wish.options}) < len(wish.options):
            raise Refused(131009, f"Two options have the same {'id' if what == 'key' else 'title'}.")


def _button(row: Any) -> Option:
    if not isinstance(row, dict) or row.get("type") != "reply":
        raise Refused(131009, "Each of action.buttons is of type reply.")
    reply = _dict(row, "reply")
    return Option(_words(reply, "id", 256), _words(reply, "title", 20))


def _list_rows(action: dict[str, Any]) -> list[Option]:
    options = []
    sections = _rows(action, "sections", MAX_SECTIONS)
    for section in sections:
        if len(sections) > 1:
            _words(section, "title", 24)
        for row in _rows(section, "rows", MAX_ROWS):
            described = _words(row, "description", 72) if row.get("description") else ""
            options.append(Option(_words(row, "id", 200), _words(row, "title", 24), "list", described))
    if len(options) > MAX_ROWS:
        raise Refused(131009, f"Total row count exceeds max allowed count: {MAX_ROWS}.")
    return options


def _template(account: WhatsAppAccount, wish: Wish, asked: dict[str, Any]) -> None:
    name = _words(asked, "name", 512)
    language = _words(_dict(asked, "language"), "code", 20)
    template = account.template(name, language)
    if template is None or template.status in {"PENDING", "REJECTED"}:
        raise Refused(132001, f"template name ({name}) does not exist in {language}")
    if template.status != "APPROVED":
        raise Refused(132015 if template.status == "PAUSED" else 132016)
    components = asked.get("components", [])
    if not isinstance(components, list) or not all(isinstance(c, dict) for c in components):
        raise Refused(100, message="(#100) Param template.components must be an array.")
    wish.template = name
    if template.category == AUTHENTICATION:
        wish.copies = _code(wish, components)
        wish.text = f"{wish.copies} is your verification code. For your security, do not share this code."
        return
    wish.text = _filled(template, _parameters(components))
    wish.options = _quick_replies(template, components)


def _code(wish: Wish, components: list[dict[str, Any]]) -> str:
    """The code of an authentication template: in its text, and behind its one button. Raises Refused."""
    if not wish.number:
        raise Refused(131062)
    values = _parameters(components)
    if len(values) != 1:
        raise Refused(
            132000,
            f"body: number of localizable_params ({len(values)}) does not match the expected number of params (1)",
        )
    code = values[0][1]
    buttons = [one for one in components if str(one.get("type")).lower() == "button"]
    missing = "buttons: Button at index 0 of type Url requires a parameter"
    if len(buttons) != 1 or str(buttons[0].get("index")) != "0":
        raise Refused(131008, missing)
    if str(buttons[0].get("sub_type")).lower() != "url":
        raise Refused(132012, "The button of an authentication template is sent as sub_type url.")
    rows = buttons[0].get("parameters") or []
    if [(row.get("type"), row.get("text")) for row in rows] != [("text", code)]:
        raise Refused(131008, missing)
    if len(code) > LONGEST_CODE:
        raise Refused(132005, f"A code has at most {LONGEST_CODE} characters.")
    return code


def _parameters(components: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(parameter_name or "", text) of the body's parameters."""
    found = []
    for component in components:
        if str(component.get("type")).lower() != "body":
            continue
        for parameter in component.get("parameters", []):
            if parameter.get("type") != "text":
                raise Refused(132012)
            if not str(parameter.get("text", "")).strip():
                raise Refused(131008, "Parameter of type text is missing text value")
            found.append((str(parameter.get("parameter_name", "")), str(parameter["text"])))
    return found


def _filled(template: Template, parameters: list[tuple[str, str]]) -> str:
    for _, text in parameters:
        if "\n" in text or "\t" in text or "     " in text:
            raise Refused(
                132012, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
            )
    if not template.body:  # an account where every template is taken as approved
        return "\n".join([f"[{template.name}]", *(text for _, text in parameters)])
    places = list(dict.fromkeys(PLACE.findall(template.body)))
    if len(places) != len(parameters):
        raise Refused(
            132000,
            f"body: number of localizable_params ({len(parameters)}) does not match the expected number "
            f"of params ({len(places)})",
        )
    values = {name or str(n): text for n, (name, text) in enumerate(parameters, 1)}
    if set(values) != set(places):
        raise Refused(132012, "Parameter names do not match the template's.")
    text = PLACE.sub(lambda match: values[match[1]], template.body)
    if len(text) > 1024:
        raise Refused(132005)
    return text


def _quick_replies(template: Template, components: list[dict[str, Any]]) -> list[Option]:
    """The template's buttons, with the payloads this sending gives them."""
    payloads: dict[int, str] = {}
    for component in components:
        if str(component.get("type")).lower() == "button":
            if str(component.get("sub_type")).lower() != "quick_reply":
                raise Refused(132012, "Only quick_reply buttons are approved here.")
            rows = component.get("parameters") or [{}]
            payloads[int(component.get("index", 0))] = str(rows[0].get("payload", ""))
    labels = template.buttons or ([str(v) for v in payloads.values()] if not template.body else [])
    if any(index >= len(labels) for index in payloads):
        raise Refused(132012, "The template has no such button.")
    return [Option(payloads.get(n) or label, label, "quick_reply") for n, label in enumerate(labels)]


def _dict(body: dict[str, Any], name: str) -> dict[str, Any]:
    value = body.get(name)
    if not isinstance(value, dict):
        raise Refused(100, message=f"(#100) The parameter {name} is required.")
    return value


def _words(body: dict[str, Any], name: str, longest: int) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise Refused(131008, f"The parameter {name} is required.")
    if len(value) > longest:
        raise Refused(100, message=f"(#100) Param {name} must be at most {longest} characters long.")
    return value


def _rows(body: dict[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
        raise Refused(131008, f"The parameter {name} is required.")
    if len(value) > most:
        raise Refused(131009, f"Invalid {name} count. Min allowed {name}: 1, Max allowed {name}: {most}")
    return value
