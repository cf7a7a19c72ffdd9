"""The bodies the school's own phone posts, in the envelope of its published schema.

That schema has no event for a call. `call:ringing` is what CallGate, the gateway's companion app for calls, posts in
the same envelope and with the same signature (its README and source, read in November 2026). Its payload holds the
number and nothing else, and its address is set in that app: the gateway refuses the event.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import string
import time
from datetime import datetime
from typing import Any

from practice.accounts import OfficePhoneAccount
from practice.enclosures import Enclosure
from practice.phones import Line, Phone
from practice.signing import office_phone_signature
from practice.webhooks import Posting, Webhook

TAKEN_OVER_THE_WIRE = ("sms:received", "sms:sent", "sms:delivered", "sms:failed", "mms:downloaded")
PART = "7"  # of a picture message: the one beside its text
ALPHABET = string.ascii_letters + string.digits + "_-"
WHEN = {"sms:sent": "sentAt", "sms:delivered": "deliveredAt", "sms:failed": "failedAt"}


def new_id() -> str:
    """21 characters, as the app makes its ids."""
    return "".join(secrets.choice(ALPHABET) for _ in range(21))


def received(account: OfficePhoneAccount, phone: Phone, text: str, at: datetime) -> list[Webhook]:
    """A text from home. The app makes `messageId` out of the content, so it is not quite unique."""
    digest = hashlib.sha256(f"{phone.number} {text} {stamp(at)}".encode()).hexdigest()[:8]
    payload = {
        "messageId": digest,
        "message": text,
        "sender": phone.number,
        "recipient": account.number,
        "phoneNumber": phone.number,
        "simNumber": 1,
        "receivedAt": stamp(at),
    }
    return hooks(account, "sms:received", payload)


def downloaded(
    account: OfficePhoneAccount, phone: Phone, text: str, at: datetime, enclosure: Enclosure
) -> list[Webhook]:
    """A picture message that is on the phone by now; its bytes stay there until somebody asks."""
    part = {
        "partId": int(PART),
        "contentType": enclosure.mime_type.partition(";")[0],
        "name": enclosure.name,
        "size": len(enclosure.content),
        "data": None,
    }
    payload = {
        "messageId": enclosure.id,
        "body": text or None,
        "subject": None,
        "sender": phone.number,
        "recipient": account.number,
        "phoneNumber": phone.number,
        "simNumber": 1,
        "attachments": [part],
        "receivedAt": stamp(at),
    }
    return hooks(account, "mms:downloaded", payload)


def ringing(account: OfficePhoneAccount, phone: Phone) -> list[Webhook]:
    """The phone in the office rings."""
    return hooks(account, "call:ringing", {"phoneNumber": phone.number})


def progress(account: OfficePhoneAccount, event: str, line: Line, number: str, at: datetime) -> list[Webhook]:
    """sms:sent, sms:delivered or sms:failed."""
    payload: dict[str, Any] = {
        "messageId": line.provider_id,
        "sender": account.number,
        "recipient": number,
        "phoneNumber": number,
        "simNumber": 1,
        WHEN[event]: stamp(at),
    }
    if event == "sms:failed":
        payload["reason"] = line.error
    return hooks(account, event, payload)


def hooks(account: OfficePhoneAccount, event: str, payload: dict[str, Any]) -> list[Webhook]:
    """One webhook for each address that asked for this event: registered over the wire, or set as `callback`."""
    wanted = [(row["id"], row["url"]) for row in account.webhooks.values() if row["event"] == event]
    if account.callback and account.callback not in [url for _, url in wanted]:
        wanted.append(("practice", account.callback))
    return [_hook(account, event, webhook_id, url, payload) for webhook_id, url in wanted]


def _hook(
    account: OfficePhoneAccount, event: str, webhook_id: str, url: str, payload: dict[str, Any]
) -> Webhook:
    said = {
        "id": new_id(),
        "webhookId": webhook_id,
        "deviceId": account.device_id,
        "event": event,
        "payload": payload,
    }
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()

    def build() -> Posting:
        """Signed anew at each try, with the real time: the app's retries carry a fresh timestamp."""
        moment = str(int(time.time()))
        return Posting(
            body,
            {
                "Content-Type": "application/json",
                "User-Agent": "me.capcom.smsgateway/practice",
                "X-Timestamp": moment,
                "X-Signature": office_phone_signature(account.signing_key, body, moment),
            },
        )

    return Webhook("office_phone", event, url, build)


def stamp(at: datetime) -> str:
    """RFC 3339 with milliseconds and offset, as the app writes it."""
    return at.isoformat(timespec="milliseconds")
