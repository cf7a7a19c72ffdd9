"""Twilio's forms in our words: texts and pictures from families, statuses of what we sent, calls that rang out."""

from __future__ import annotations

from collections.abc import Mapping

from porchlight.delivery.gateways.addresses import e164, query_of
from porchlight.delivery.gateways.contract import (
    Heard,
    Ignored,
    InboundEvent,
    Media,
    MissedCall,
    RawRequest,
    Receipt,
    Sender,
    Status,
)
from porchlight.delivery.gateways.tolerant import clean, fingerprint
from porchlight.delivery.gateways.twilio_sms.account import REFERENCE
from porchlight.delivery.gateways.twilio_sms.errors import reported
from porchlight.delivery.gateways.twilio_sms.wire_form import NotAForm, fields_of, is_form

STATUSES = {
    "accepted": Status.QUEUED,
    "scheduled": Status.QUEUED,
    "queued": Status.QUEUED,
    "sending": Status.QUEUED,
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "undelivered": Status.FAILED,
    "failed": Status.FAILED,
    "canceled": Status.FAILED,
}
_RANG_OUT = {"no-answer", "busy", "canceled", "failed"}
_MOST_MEDIA = 10  # Twilio's own limit


def read(request: RawRequest) -> list[InboundEvent]:
    """The one event a webhook of Twilio's holds. Never raises."""
    try:
        form = fields_of(request) if is_form(request) else {}
    except NotAForm:
        form = {}
    if not form:
        return [Ignored(fingerprint(request.body), "unreadable")]
    said = {clean(name): clean(values[-1]) for name, values in form.items()}
    if said.get("CallSid"):
        return [_call(said)]
    status = said.get("MessageStatus") or said.get("SmsStatus", "")
    if status in ("received", "receiving") or "Body" in said:
        return [_heard(said)]
    return [_receipt(said, status, _reference(request.url))]


def _heard(said: Mapping[str, str]) -> InboundEvent:
    key, sender = _sid(said), _sender(said.get("From", ""))
    if not key or sender is None:
        return _ignored("message without a sender", said)
    body = said.get("Body", "")
    # Twilio has already acted on STOP, START and HELP, in whatever words the school taught it; we hear its word,
    # and keep the family's own.
    wish = said.get("OptOutType", "")
    return Heard(
        key=key,
        sender=sender,
        text=wish or body,
        choice=said.get("ButtonPayload", ""),
        media=tuple(_media(said)),
        in_reply_to=said.get("OriginalRepliedMessageSid", ""),
        full_text=body if wish else "",
        raw=said,
    )


def _media(said: Mapping[str, str]) -> list[Media]:
    count = said.get("NumMedia", "0")
    pieces = []
    for number in range(min(int(count), _MOST_MEDIA) if count.isascii() and count.isdigit() else 0):
        url, mime = said.get(f"MediaUrl{number}", ""), said.get(f"MediaContentType{number}", "")
        kind = mime.partition("/")[0]
        kind = kind if kind in ("audio", "image", "video") else "document"
        if url:
            pieces.append(Media(kind, url.partition("?")[0].rpartition("/")[2], mime, url))
    return pieces


def _receipt(said: Mapping[str, str], word: str, reference: str) -> InboundEvent:
    provider_id, known = _sid(said), STATUSES.get(word)
    if not provider_id or known is None:
        # An unknown word is never taken for "delivered".
        return _ignored(f"status.{word or 'unnamed'}", said)
    failed = known is Status.FAILED
    code = said.get("ErrorCode", "") or ("canceled" if word == "canceled" else "")
    return Receipt(
        key=f"{provider_id}:{word}",
        provider_id=provider_id,
        status=known,
        reference=reference,
        refused=reported(code, said.get("ErrorMessage", "")) if failed else None,
        sender=_sender(said.get("To", "")),
        raw=said,
    )


def _call(said: Mapping[str, str]) -> InboundEvent:
    """A call to the school's texting number that nobody took means "please ring me"."""
    sender, status = _sender(said.get("From", "")), said.get("CallStatus", "")
    if said.get("Direction") == "inbound" and status in _RANG_OUT and sender is not None:
        return MissedCall(key=said["CallSid"], sender=sender, raw=said)
    return _ignored(f"call.{status or 'unnamed'}", said)


def _reference(url: str) -> str:
    """Our reference, echoed in the query of the status address, which the signature covers."""
    given = query_of(url).get(REFERENCE, [])
    return clean(given[0]) if len(given) == 1 else ""


def _sid(said: Mapping[str, str]) -> str:
    return said.get("MessageSid") or said.get("SmsSid") or said.get("SmsMessageSid") or ""


def _sender(number: str) -> Sender | None:
    """A number, or a short code or name such as "BANK" kept verbatim; None when there is nothing."""
    known = e164(number) if number.startswith("+") else ""
    return Sender(number=known, user_id="" if known else number) if number else None


def _ignored(kind: str, said: Mapping[str, str]) -> Ignored:
    return Ignored(f"{kind}:{fingerprint(dict(said))}", kind, raw=said)
