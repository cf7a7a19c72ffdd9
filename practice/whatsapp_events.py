"""The bodies WhatsApp posts to a business: statuses, messages, templates. Tests hold them to real ones."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from practice.accounts import Template, WhatsAppAccount
from practice.enclosures import Enclosure
from practice.phones import Line, Option, Phone
from practice.signing import meta_signature
from practice.webhooks import Posting, Webhook
from practice.whatsapp_errors import status_error

WINDOW = timedelta(hours=24)


def new_id(wa_id: str, *, inbound: bool = False) -> str:
    """A fresh message id of the service's pattern: `wamid.` and base64 around the other side's number."""
    marks = (b"\x15\x02\x00\x12\x18\x20", 16) if inbound else (b"\x15\x02\x00\x11\x18\x12", 9)
    number = wa_id.encode() or b"0"
    inner = secrets.token_hex(marks[1]).upper().encode()
    packed = b"\x1c\x18" + bytes([len(number) % 256]) + number + marks[0] + inner + b"\x00"
    return "wamid." + base64.b64encode(packed).decode()


def hook(account: WhatsAppAccount, kind: str, body: dict[str, Any]) -> Webhook:
    """Signed over the raw body, in which slashes and everything beyond ASCII are escaped, as Meta does."""

    def build() -> Posting:
        raw = json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()
        return Posting(
            raw,
            {
                "Content-Type": "application/json",
                "User-Agent": "facebookexternalua",
                "X-Hub-Signature-256": meta_signature(account.app_secret, raw),
            },
        )

    return Webhook("whatsapp", kind, account.callback, build)


def message_body(account: WhatsAppAccount, phone: Phone, message: dict[str, Any]) -> dict[str, Any]:
    """What a family said, in its envelope."""
    return _messages_change(account, {"contacts": [_contact(phone)], "messages": [message]})


def text_message(
    phone: Phone, wamid: str, at: datetime, text: str, context: dict[str, str]
) -> dict[str, Any]:
    return {**_from(phone, wamid, at, context), "text": {"body": text}, "type": "text"}


def enclosure_message(
    phone: Phone, wamid: str, at: datetime, caption: str, enclosure: Enclosure
) -> dict[str, Any]:
    """A voice note has no caption, the others may."""
    inside: dict[str, Any] = {
        "mime_type": enclosure.mime_type,
        "sha256": base64.b64encode(enclosure.digest).decode(),
        "id": enclosure.id,
    }
    if enclosure.kind == "audio":
        inside["voice"] = True
    elif caption:
        inside = {"caption": caption, **inside}
    if enclosure.kind == "document":
        inside["filename"] = enclosure.name
    return {**_from(phone, wamid, at, {}), "type": enclosure.kind, enclosure.kind: inside}


def media_told(enclosure: Enclosure, url: str, until: int) -> dict[str, Any]:
    """Where the bytes lie, and until when."""
    return {
        "url": f"{url}/whatsapp_business/attachments/?mid={enclosure.id}&ext={until}&hash=practice",
        "mime_type": enclosure.mime_type,
        "sha256": enclosure.digest.hex(),
        "file_size": len(enclosure.content),
        "id": enclosure.id,
        "messaging_product": "whatsapp",
    }


def choice_message(
    phone: Phone, wamid: str, at: datetime, option: Option, context: dict[str, str]
) -> dict[str, Any]:
    """A press on a template's quick reply, a reply button or a list row: three shapes on the wire."""
    head = _from(phone, wamid, at, context)
    if option.kind == "quick_reply":
        return {**head, "type": "button", "button": {"payload": option.key, "text": option.label}}
    reply = {"id": option.key, "title": option.label}
    if option.kind == "list" and option.description:
        reply["description"] = option.description
    kind = "list_reply" if option.kind == "list" else "button_reply"
    return {**head, "type": "interactive", "interactive": {"type": kind, kind: reply}}


def statuses_body(
    account: WhatsAppAccount, phone: Phone, statuses: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    return _messages_change(account, {"contacts": [_contact(phone)], "statuses": list(statuses)})


def bench_statuses_body(account: WhatsAppAccount, statuses: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Many statuses in one POST, which the service may do: for benches."""
    return _messages_change(account, {"statuses": list(statuses)})


def status(
    phone: Phone, line: Line, name: str, at: datetime, *, window: datetime | None = None, code: int = 0
) -> dict[str, Any]:
    """One status. A failed one carries errors; the others the conversation and what it costs."""
    said: dict[str, Any] = {"id": line.provider_id, "status": name, "timestamp": _seconds(at)}
    if phone.wa_id:
        said["recipient_id"] = phone.wa_id
    if phone.user_id:
        said["recipient_user_id"] = phone.user_id
    if phone.parent_user_id:
        said["recipient_parent_user_id"] = phone.parent_user_id
    if line.reference:
        said["biz_opaque_callback_data"] = line.reference
    if name == "failed":
        return {**said, "errors": [status_error(code or 131000)]}
    category = "authentication" if line.copies else "utility" if line.template else "service"
    conversation: dict[str, Any] = {"id": _conversation_id(line)}
    if name == "sent":
        conversation["expiration_timestamp"] = _seconds((window or at) + WINDOW)
    conversation["origin"] = {"type": category}
    pricing = {"billable": True, "pricing_model": "CBP", "category": category}
    return {**said, "conversation": conversation, "pricing": pricing}


def template_status_body(
    account: WhatsAppAccount, template: Template, at: datetime, reason: str
) -> dict[str, Any]:
    value = {
        "event": template.status,
        "message_template_id": template.id,
        "message_template_name": template.name,
        "message_template_language": template.language,
        "reason": reason,
        "message_template_category": template.category,
    }
    return _template_change(account, at, "message_template_status_update", value)


def template_category_body(account: WhatsAppAccount, template: Template, at: datetime) -> dict[str, Any]:
    value = {
        "message_template_id": template.id,
        "message_template_name": template.name,
        "message_template_language": template.language,
        "new_category": template.category,
    }
    return _template_change(account, at, "template_category_update", value)


def number_changed_body(account: WhatsAppAccount, old: str, new: str, at: datetime) -> dict[str, Any]:
    """A family took their WhatsApp account to another number."""
    message = {
        "from": old,
        "id": new_id(old, inbound=True),
        "timestamp": _seconds(at),
        "system": {
            "body": f"User A changed from {old} to {new}",
            "wa_id": new,
            "type": "user_changed_number",
        },
        "type": "system",
    }
    return _messages_change(account, {"messages": [message]})


def call_bodies(account: WhatsAppAccount, phone: Phone, at: datetime) -> list[dict[str, Any]]:
    """A call to the school's number that nobody takes: it connects to the business, then ends as failed."""
    call: dict[str, Any] = {
        "id": "wacid." + base64.b64encode(secrets.token_bytes(21)).decode(),
        "to": account.display_number.lstrip("+"),
        **({"from": phone.wa_id} if phone.wa_id else {}),
        **({"from_user_id": phone.user_id} if phone.user_id else {}),
    }
    session = {"sdp": "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n", "sdp_type": "offer"}
    common = {"timestamp": _seconds(at), "direction": "USER_INITIATED"}
    connect = {**call, "event": "connect", **common, "session": session}
    end = {**call, "event": "terminate", **common, "status": "FAILED"}
    contacts = {"contacts": [_contact(phone)]}
    return [_messages_change(account, {**contacts, "calls": [what]}, "calls") for what in (connect, end)]


def _messages_change(
    account: WhatsAppAccount, value: dict[str, Any], name: str = "messages"
) -> dict[str, Any]:
    metadata = {
        "display_phone_number": account.display_number.lstrip("+"),
        "phone_number_id": account.phone_number_id,
    }
    change = {"value": {"messaging_product": "whatsapp", "metadata": metadata, **value}, "field": name}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": account.business_id, "changes": [change]}],
    }


def _template_change(
    account: WhatsAppAccount, at: datetime, name: str, value: dict[str, Any]
) -> dict[str, Any]:
    entry = {
        "id": account.business_id,
        "time": int(at.timestamp()),
        "changes": [{"value": value, "field": name}],
    }
    return {"entry": [entry], "object": "whatsapp_business_account"}


def _contact(phone: Phone) -> dict[str, Any]:
    profile = {"name": phone.profile_name}
    if phone.username:
        profile["username"] = phone.username
    contact: dict[str, Any] = {"profile": profile}
    if phone.wa_id:
        contact["wa_id"] = phone.wa_id
    if phone.user_id:
        contact["user_id"] = phone.user_id
    if phone.parent_user_id:
        contact["parent_user_id"] = phone.parent_user_id
    return contact


def _from(phone: Phone, wamid: str, at: datetime, context: dict[str, str]) -> dict[str, Any]:
    head: dict[str, Any] = {"context": context} if context else {}
    if phone.wa_id:
        head["from"] = phone.wa_id
    if phone.user_id:
        head["from_user_id"] = phone.user_id
    return {**head, "id": wamid, "timestamp": _seconds(at)}


def _conversation_id(line: Line) -> str:
    return line.provider_id.removeprefix("wamid.").encode().hex()[:30]


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))
