"""Africa's Talking's forms in our words: texts from families, delivery reports, a number that opted out there."""

from __future__ import annotations

from datetime import UTC, datetime

from porchlight.delivery.gateways.addresses import e164
from porchlight.delivery.gateways.africas_talking.errors import reported
from porchlight.delivery.gateways.contract import (
    AddressFailed,
    Advice,
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

STATUSES = {
    "Sent": Status.SENT,
    "Submitted": Status.SENT,
    "Buffered": Status.SENT,
    "Success": Status.DELIVERED,
    "Rejected": Status.FAILED,
    "Failed": Status.FAILED,
    "Expired": Status.FAILED,
    "AbsentSubscriber": Status.FAILED,
}
OUT_OF_REACH = ("Expired", "AbsentSubscriber")  # statuses that are their own reason
_DATES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ")  # they write both


def read(request: RawRequest) -> list[InboundEvent]:
    """The one event a webhook holds. Never raises."""
    said = storable(words_of(request))
    if not said:
        return [Ignored(fingerprint(request.body), "unreadable")]
    if "status" in said:
        return [_receipt(said)]
    if "text" in said:
        return [_heard(said)]
    return [_opt_out(said) if "senderId" in said else _ignored("unnamed", said)]


def _heard(said: dict[str, str]) -> InboundEvent:
    key, sender = said.get("id", ""), _sender(said.get("from", ""))
    if not key or sender is None:
        return _ignored("message without a sender", said)
    return Heard(key=key, sender=sender, text=said["text"], at=_moment(said.get("date", "")), raw=said)


def _receipt(said: dict[str, str]) -> InboundEvent:
    provider_id, word = said.get("id", ""), said["status"]
    known = STATUSES.get(word)
    if known is None or not provider_id:
        # An unknown word is never taken for "delivered".
        return _ignored(f"status.{word or 'unnamed'}", said)
    failed = known is Status.FAILED
    return Receipt(
        key=f"{provider_id}:{word}",
        provider_id=provider_id,
        status=known,
        refused=reported(said.get("failureReason", "") or (word if word in OUT_OF_REACH else ""))
        if failed
        else None,
        sender=_sender(said.get("phoneNumber", "")),
        raw=said,
    )


def _opt_out(said: dict[str, str]) -> InboundEvent:
    """The family wrote to them, not to us, that it wants no more texts from this sender.

    It has no id: told twice on a day it is one wish, and another day another.
    """
    sender = _sender(said.get("phoneNumber", ""))
    if sender is None:
        return _ignored("opt out without a number", said)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    return AddressFailed(
        key=f"opt out:{sender.number or sender.user_id}:{said['senderId']}:{today}",
        sender=sender,
        advice=Advice.OPTED_OUT,
        code="UserInBlacklist",
        raw=said,
    )


def _sender(number: str) -> Sender | None:
    known = e164(number.strip())
    return Sender(number=known, user_id="" if known else number) if number.strip() else None


def _moment(written: str) -> datetime | None:
    for form in _DATES:
        try:
            return datetime.strptime(written, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _ignored(kind: str, said: dict[str, str]) -> Ignored:
    return Ignored(f"{kind}:{fingerprint(said)}", kind, raw=said)
