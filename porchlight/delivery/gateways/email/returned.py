"""Returned mail (RFC 3464): which of ours came back, and why.

Anybody can write such a notice, so it counts only when it names a Message-ID of ours, which holds a random
reference that nobody knows who did not get that mail or carry it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from typing import Any

from porchlight.delivery.gateways.contract import Receipt, Sender, Status
from porchlight.delivery.gateways.email.errors import of_status
from porchlight.delivery.gateways.email.mailbox import NotAMailbox, parse

_MESSAGE_ID = re.compile(r"^Message-ID:\s*<([^<>\s]{1,300})>", re.I | re.M)
_LONGEST = 64 * 1024  # characters of a returned mail that are searched for its Message-ID


def is_notice(message: Any) -> bool:
    """A report on the fate of a mail is inside."""
    return any(part.get_content_type() == "message/delivery-status" for part in message.walk())


def receipts(message: Any, domain: str) -> list[Receipt]:
    """A failed receipt for each mail of ours (sent from `domain`) that the notice says did not arrive."""
    message_id = _ours(message, domain)
    if not message_id:
        return []
    return [
        Receipt(
            key=f"{message_id}:failed",
            provider_id=message_id,
            status=Status.FAILED,
            reference=message_id.rpartition("@")[0],
            refused=of_status(str(block.get("Status", "")), str(block.get("Diagnostic-Code", ""))),
            sender=_recipient(block),
        )
        for block in _blocks(message)
        if str(block.get("Action", "")).strip().lower() == "failed"
    ][:1]


def _blocks(message: Any) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        payload = part.get_payload()
        if isinstance(payload, list) and all(block.keys() for block in payload):
            yield from payload
            continue
        for block in _text(part).replace("\r\n", "\n").split("\n\n"):
            yield HeaderParser().parsestr(block)


def _ours(message: Any, domain: str) -> str:
    for part in message.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            for found in _MESSAGE_ID.findall(_text(part)[:_LONGEST]):
                if found.rpartition("@")[2].lower() == domain:
                    return str(found)
    return ""


def _text(part: Any) -> str:
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n\n".join(str(inner) for inner in payload)
    decoded = part.get_payload(decode=True)
    return decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else str(payload)


def _recipient(block: Message) -> Sender | None:
    given = str(block.get("Final-Recipient", "")).rpartition(";")[2].strip()
    try:
        return Sender(mailbox=str(parse(given)))
    except NotAMailbox:
        return None
