"""Vonage's webhooks in our words: texts from families, and how far ours came.

A long text may come in parts, each a webhook of its own: each is heard, with its place where it has one.
"""

from __future__ import annotations

from datetime import UTC, datetime

from porchlight.delivery.gateways.addresses import e164
from porchlight.delivery.gateways.contract import (
    Heard,
    Ignored,
    InboundEvent,
    RawRequest,
    Receipt,
    Sender,
    Status,
)
from porchlight.delivery.gateways.forms import storable, words_of
from porchlight.delivery.gateways.tolerant import fingerprint
from porchlight.delivery.gateways.vonage_sms.errors import reported

STATUSES = {
    "accepted": Status.SENT,  # by the network, no more
    "buffered": Status.QUEUED,
    "delivered": Status.DELIVERED,
    "expired": Status.FAILED,
    "failed": Status.FAILED,
    "rejected": Status.FAILED,
}
_PROOF = {"sig", "timestamp", "nonce"}  # other ones with each try


def read(request: RawRequest) -> list[InboundEvent]:
    """The one event a webhook holds. Never raises."""
    said = {name: value for name, value in storable(words_of(request)).items() if name not in _PROOF}
    if not said:
        return [Ignored(fingerprint(request.body), "unreadable")]
    return [_receipt(said) if "status" in said else _heard(said)]


def _heard(said: dict[str, str]) -> InboundEvent:
    key, sender = said.get("messageId", ""), _sender(said.get("msisdn", ""))
    if not key or sender is None or "text" not in said:
        return _ignored(f"message.{said.get('type') or 'unnamed'}", said)
    part, parts = said.get("concat-part", ""), said.get("concat-total", "")
    place = f"({part}/{parts}) " if said.get("concat") == "true" and part and parts else ""
    at = _moment(said.get("message-timestamp", ""))
    return Heard(key=key, sender=sender, text=place + said["text"], at=at, raw=said)


def _receipt(said: dict[str, str]) -> InboundEvent:
    provider_id, word = said.get("messageId", ""), said["status"]
    known = STATUSES.get(word)
    if known is None or not provider_id:
        # "unknown" is one of their words too: never taken for "delivered".
        return _ignored(f"status.{word or 'unnamed'}", said)
    return Receipt(
        key=f"{provider_id}:{word}",
        provider_id=provider_id,
        status=known,
        reference=said.get("client-ref", ""),
        refused=reported(said.get("err-code", "")) if known is Status.FAILED else None,
        at=_moment(said.get("message-timestamp", "")),
        sender=_sender(said.get("msisdn", "")),
        raw=said,
    )


def _sender(number: str) -> Sender | None:
    known = e164(number)
    return Sender(number=known, user_id="" if known else number) if number else None


def _moment(written: str) -> datetime | None:
    """`2026-10-06 08:00:00`, in UTC."""
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _ignored(kind: str, said: dict[str, str]) -> Ignored:
    return Ignored(f"{kind}:{fingerprint(said)}", kind, raw=said)
