"""Returned mail: which of ours came back, and why. As a report (RFC 3464), or in the words of an older server.

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
from porchlight.delivery.gateways.email.errors import has_status, of_status
from porchlight.delivery.gateways.email.mailbox import NotAMailbox, parse

REPORT = "message/delivery-status"
ORIGINAL = {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}
FINAL = {"failed"}  # "delayed" is still being tried; "delivered" and "relayed" say nothing about the family
_MESSAGE_ID = re.compile(r"^[ \t>]*(?:Original-)?Message-ID:\s*<([^<>\s]{1,300})>", re.I | re.M)
_ACTION = re.compile(r"^Action:\s*(\w+)", re.I | re.M)
_STATUS = re.compile(r"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.I | re.M)
_WHOM = re.compile(r"^(?:Final|Original)-Recipient:[^;\n]*;\s*(\S+)", re.I | re.M)
_SENTENCE = re.compile(r"^.{0,300}\b[45]\d\d[ -].{0,300}$", re.M)
_LONGEST = 64 * 1024  # characters of a returned mail that are searched


def is_notice(message: Any) -> bool:
    """A report on the fate of a mail is inside, or its sender says that it is one."""
    if any(part.get_content_type() == REPORT for part in message.walk()):
        return True
    return message["X-Failed-Recipients"] is not None


def receipts(message: Any, words: str, domain: str) -> list[Receipt]:
    """A failed receipt when the notice says that a mail of ours, sent from `domain`, did not arrive. `words` is
    its text for people."""
    message_id = _ours(message, words, domain)
    if not message_id:
        return []
    for action, status, said, whom in [*_reported(message), *_told(words)]:
        if action in FINAL:
            return [
                Receipt(
                    key=f"{message_id}:failed",
                    provider_id=message_id,
                    status=Status.FAILED,
                    reference=message_id.rpartition("@")[0],
                    refused=of_status(status, said),
                    sender=_recipient(whom),
                )
            ]
    return []


def _reported(message: Any) -> Iterator[tuple[str, str, str, str]]:
    """(action, status, the far server's sentence, recipient) of each block of a report."""
    for part in message.walk():
        if part.get_content_type() != REPORT:
            continue
        for block in re.split(r"\n\s*\n", _text(part).replace("\r\n", "\n")):
            fields: Message = HeaderParser().parsestr(block)
            yield (
                str(fields.get("Action", "")).strip().lower(),
                str(fields.get("Status", "")),
                str(fields.get("Diagnostic-Code", "")),
                str(fields.get("Final-Recipient", "")).rpartition(";")[2].strip(),
            )


def _told(words: str) -> Iterator[tuple[str, str, str, str]]:
    """The same from a notice in plain words."""
    action, status, whom = (pattern.search(words[:_LONGEST]) for pattern in (_ACTION, _STATUS, _WHOM))
    sentences = (found[0].strip() for found in _SENTENCE.finditer(words[:_LONGEST]))
    said = next((sentence for sentence in sentences if has_status(sentence)), "")
    yield (action[1].lower() if action else "", status[1] if status else "", said, whom[1] if whom else "")


def _ours(message: Any, words: str, domain: str) -> str:
    places = [_text(part) for part in message.walk() if part.get_content_type() in ORIGINAL]
    for place in [*places, words]:
        for found in _MESSAGE_ID.findall(place[:_LONGEST]):
            if found.rpartition("@")[2].lower() == domain:
                return str(found)
    return ""


def _text(part: Any) -> str:
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n\n".join(str(inner) for inner in payload)
    decoded = part.get_payload(decode=True)
    return decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else str(payload)


def _recipient(given: str) -> Sender | None:
    try:
        return Sender(mailbox=str(parse(given)))
    except NotAMailbox:
        return None
