"""Understands what the phone tells us: SMSGate's and CallGate's webhooks, both in SMSGate's envelope."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime

import phonenumbers

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

Payload = Mapping[str, object]
STATUS_EVENTS = {
    "sms:sent": (Status.SENT, "sentAt"),
    "sms:delivered": (Status.DELIVERED, "deliveredAt"),
    "sms:failed": (Status.FAILED, "failedAt"),
    "sms:cancelled": (Status.FAILED, "cancelledAt"),
}
CANCELLED = Refused(Advice.NEXT_CHANNEL, "cancelled", "Somebody cancelled it on the phone.")


def read(body: bytes, country: str) -> list[InboundEvent]:
    """Every event in one webhook body. `country` (ISO 3166) turns national numbers into E.164.

    Never raises: what cannot be understood is Ignored with its kind.
    """
    try:
        event = json.loads(body)
    except ValueError:
        event = None
    if not isinstance(event, dict):
        return [Ignored(key=_digest(body), kind="not-json")]
    name, payload = str(event.get("event", "")), event.get("payload")
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
    parts = [_text(payload, name) for name in ("messageId", "receivedAt", "phoneNumber", "sender", "message")]
    return [
        Heard(
            key="sms:" + _digest("\x1f".join(parts).encode()),
            sender=sender,
            text=_text(payload, "message"),
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
    message_id = _text(payload, "messageId")
    listed = payload.get("attachments")
    parts = [part for part in listed if isinstance(part, dict)] if isinstance(listed, list) else []
    kept = {
        **event,
        "payload": {**payload, "attachments": [{k: v for k, v in p.items() if k != "data"} for p in parts]},
    }
    return [
        Heard(
            key="mms:" + _digest("\x1f".join((message_id, sender.number or sender.user_id)).encode()),
            sender=sender,
            text=_text(payload, "body") or _text(payload, "subject"),
            media=tuple(_media(message_id, part) for part in parts),
            at=_moment(payload, "receivedAt"),
            raw=kept,
        )
    ]


def _media(message_id: str, part: Payload) -> Media:
    kind, _, _ = (mime := _text(part, "contentType").lower()).partition("/")
    return Media(
        kind=kind if kind in ("audio", "image", "video") else "document",
        provider_id=f"{message_id}/{part.get('partId')}",
        mime_type=mime,
        url=f"inbox/{message_id}/attachments/{part.get('partId')}",  # below the account's base address
    )


def _status(event: Payload, payload: Payload, country: str) -> list[InboundEvent | None]:
    """sent, delivered or failed; `messageId` is the reference we gave it."""
    name = str(event["event"])
    status, when = STATUS_EVENTS[name]
    message_id = _text(payload, "messageId")
    if not message_id:
        return [None]
    refused = None
    if status is Status.FAILED:
        refused = CANCELLED if name == "sms:cancelled" else errors.of_reason(_text(payload, "reason"))
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
            key="call:" + str(event.get("id", "")),
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
    given = next((value for name in names if (value := _text(payload, name).strip())), "")
    if not given:
        return None
    number = e164(given, country)
    return Sender(number=number) if number else Sender(user_id=given)


def e164(given: str, country: str) -> str:
    """A number as a phone shows it ("07700 900123") in E.164, or "" for anything that is none."""
    try:
        parsed = phonenumbers.parse(given, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _ignored(event: Payload, kind: str) -> Ignored:
    key = str(event.get("id", "")) or _digest(json.dumps(event, sort_keys=True).encode())
    return Ignored(key=key, kind=kind, raw=event)


def _text(payload: Payload, name: str) -> str:
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def _moment(payload: Payload, name: str) -> datetime | None:
    """A time with its offset; times without one are not guessed."""
    try:
        moment = datetime.fromisoformat(_text(payload, name))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
