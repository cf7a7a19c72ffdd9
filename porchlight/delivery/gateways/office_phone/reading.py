"""Understands what the phone tells us: SMSGate's and CallGate's webhooks, both in SMSGate's envelope."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import quote

from porchlight.delivery.gateways.contract import (
    Advice,
    Heard,
    Ignored,
    InboundEvent,
    Media,
    MissedCall,
    Receipt,
    Refused,
    Sender,
    Status,
)
from porchlight.delivery.gateways.office_phone import errors
from porchlight.delivery.gateways.tolerant import Unreadable, fingerprint, json_of, text
from porchlight.toolbox.phone_numbers import NotANumber, e164

Payload = Mapping[str, object]
STATUS_EVENTS = {
    "sms:sent": (Status.SENT, "sentAt"),
    "sms:delivered": (Status.DELIVERED, "deliveredAt"),
    "sms:failed": (Status.FAILED, "failedAt"),
    "sms:cancelled": (Status.FAILED, "cancelledAt"),
}
PART = re.compile(r"inbox/[\w.%~-]{1,200}/attachments/\d{1,12}")  # what may stand behind the phone's address
LONGEST_NAME = 200
CANCELLED = Refused(Advice.NEXT_CHANNEL, "cancelled")


def read(body: bytes, country: str) -> list[InboundEvent]:
    """Every event in one webhook body. `country` (ISO 3166) turns national numbers into E.164.

    Never raises: what cannot be understood is Ignored with its kind.
    """
    try:
        event = json_of(body)
    except Unreadable:
        event = None
    if not isinstance(event, dict):
        return [Ignored(key=fingerprint(body), kind="unreadable")]
    name, payload = text(event, "event"), event.get("payload")
    reader = READERS.get(name)
    if reader is None or not isinstance(payload, dict):
        return [_ignored(event, name or "no-event")]
    return [
        found if found is not None else _ignored(event, name) for found in reader(event, payload, country)
    ]


def _received(event: Payload, payload: Payload, country: str) -> list[InboundEvent | None]:
    """One text message. Its key is made of what it says: `messageId` alone is not unique, and the event's own
    id differs when a school registers the hook twice."""
    sender = _sender(payload, country)
    if sender is None:
        return [None]
    parts = [text(payload, name) for name in ("messageId", "receivedAt", "phoneNumber", "sender", "message")]
    return [
        Heard(
            key="sms:" + fingerprint(parts),
            sender=sender,
            text=text(payload, "message"),
            at=_moment(payload, "receivedAt"),
            raw=event,
        )
    ]


def _received_batch(event: Payload, payload: Payload, country: str) -> list[InboundEvent | None]:
    """Messages the phone kept while it was offline, told together."""
    messages = payload.get("messages")
    if not isinstance(messages, list):
        return [None]
    return [
        heard
        for message in messages
        if isinstance(message, dict)
        for heard in _received({**event, "payload": message}, message, country)
    ] or [None]


def _picture_message(event: Payload, payload: Payload, country: str) -> list[InboundEvent | None]:
    """An MMS whose parts are on the phone by now; each part can be fetched from its inbox."""
    sender = _sender(payload, country)
    if sender is None:
        return [None]
    message_id = text(payload, "messageId")
    listed = payload.get("attachments")
    parts = [part for part in listed if isinstance(part, dict)] if isinstance(listed, list) else []
    kept = {
        **event,
        "payload": {**payload, "attachments": [{k: v for k, v in p.items() if k != "data"} for p in parts]},
    }
    return [
        Heard(
            key="mms:" + fingerprint([message_id, sender.number or sender.user_id]),
            sender=sender,
            text=text(payload, "body") or text(payload, "subject"),
            media=tuple(_media(message_id, part) for part in parts),
            at=_moment(payload, "receivedAt"),
            raw=kept,
        )
    ]


def _media(message_id: str, part: Payload) -> Media:
    kind, _, _ = (mime := text(part, "contentType").lower()).partition("/")
    return Media(
        kind=kind if kind in ("audio", "image", "video") else "document",
        provider_id=f"{message_id}/{part.get('partId')}",
        mime_type=mime,
        url=f"inbox/{quote(message_id, safe='')}/attachments/{part.get('partId')}",  # below the account's address
        name=text(part, "name")[:LONGEST_NAME],
        content=_content(part),
    )


def _content(part: Payload) -> bytes:
    """The bytes where the phone sent them along."""
    try:
        return base64.b64decode(text(part, "data"), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _status(event: Payload, payload: Payload, country: str) -> list[InboundEvent | None]:
    """sent, delivered or failed; `messageId` is the reference we gave it."""
    name = str(event["event"])
    status, when = STATUS_EVENTS[name]
    message_id = text(payload, "messageId")
    if not message_id:
        return [None]
    refused = None
    if status is Status.FAILED:
        refused = CANCELLED if name == "sms:cancelled" else errors.reported(text(payload, "reason"))
    return [
        Receipt(
            key=f"{message_id}:{status.name.lower()}",
            provider_id=message_id,
            reference=message_id,
            status=status,
            refused=refused,
            at=_moment(payload, when),
            sender=_sender(payload, country, outgoing=True),
            raw=event,
        )
    ]


def _ringing(event: Payload, payload: Payload, country: str) -> list[InboundEvent | None]:
    """The phone rings. It lies in the office with nobody to answer it, so every ring asks "please ring me".

    A hidden number tells nothing to ring back: recorded, and no more.
    """
    sender = _sender(payload, country)
    if sender is None:
        return [None]
    return [
        MissedCall(
            key="call:" + text(event, "id"),
            sender=sender,
            at=_moment(payload, "receivedAt"),
            raw=event,
        )
    ]


READERS: dict[str, Callable[[Payload, Payload, str], list[InboundEvent | None]]] = {
    "sms:received": _received,
    "sms:batch:received": _received_batch,
    "mms:downloaded": _picture_message,
    **dict.fromkeys(STATUS_EVENTS, _status),
    "call:ringing": _ringing,
}


def _sender(payload: Payload, country: str, *, outgoing: bool = False) -> Sender | None:
    """Who is at the other end. A name instead of a number (a bank, a network) is kept as a user id."""
    names = ("phoneNumber", "recipient") if outgoing else ("phoneNumber", "sender")
    given = next((value for name in names if (value := text(payload, name).strip())), "")
    if not given:
        return None
    try:
        return Sender(number=e164(given, country, known_ranges_only=False))
    except NotANumber:
        return Sender(user_id=given)


def _ignored(event: Payload, kind: str) -> Ignored:
    return Ignored(key=text(event, "id") or fingerprint(event), kind=kind, raw=event)


def _moment(payload: Payload, name: str) -> datetime | None:
    """A time with its offset; times without one are not guessed."""
    try:
        moment = datetime.fromisoformat(text(payload, name))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
