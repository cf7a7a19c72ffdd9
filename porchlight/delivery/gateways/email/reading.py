"""What a provider's webhook says to us: mail from home, what became of our mail, and returned mail."""

from __future__ import annotations

from typing import Any

from anymail.signals import AnymailInboundEvent, EventType

from porchlight.delivery.gateways.contract import (
    AccountSettings,
    AddressFailed,
    Advice,
    Heard,
    Ignored,
    InboundEvent,
    Media,
    RawRequest,
    Receipt,
    Refused,
    Sender,
    Status,
)
from porchlight.delivery.gateways.email import errors, reply, returned, webhooks
from porchlight.delivery.gateways.email.incoming import Mail, bare_id, taken_apart
from porchlight.delivery.gateways.email.mailbox import token_in
from porchlight.delivery.gateways.email.providers import provider_of
from porchlight.delivery.gateways.tolerant import clean, fingerprint, mapping, text

FAILURES = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
WISHES = {EventType.COMPLAINED: "complained", EventType.UNSUBSCRIBED: "unsubscribed"}
KINDS = {"audio": "audio", "image": "image", "video": "video"}


def read(account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
    """Every event of a genuine webhook. Never raises: what cannot be understood is Ignored."""
    try:
        found = webhooks.events(account, request)
    except webhooks.Unreadable as fault:
        return [Ignored(fingerprint(request.body), f"unreadable: {fault}")]
    said: list[InboundEvent] = []
    for number, event in enumerate(found):
        try:
            said += (
                _mail(account, event) if isinstance(event, AnymailInboundEvent) else [_fate(account, event)]
            )
        except (
            Exception
        ) as fault:  # Anymail passes on whatever types a stranger sent; one bad mail stops no other
            said.append(
                Ignored(f"{fingerprint(request.body)}:{number}", f"unreadable: {type(fault).__name__}")
            )
    return said or [Ignored(fingerprint(request.body), "nothing")]


def _mail(account: AccountSettings, event: Any) -> list[InboundEvent]:
    mail = taken_apart(event, provider_of(account))
    told = _told(mail)
    if returned.is_notice(event.message):
        domain = account.sender.rpartition("@")[2].lower()
        failed = returned.receipts(event.message, mail.words, domain)
        return [*failed] or [Ignored(_key(mail, event, ""), "returned mail that is not ours", told)]
    if not mail.sender:
        return [Ignored(_key(mail, event, ""), "mail without a sender", told)]
    words = mail.words
    return [
        Heard(
            key=_key(mail, event, token),
            sender=Sender(mailbox=mail.sender, name=mail.sender_name),
            text=reply.new_words(words) if words.strip() else mail.subject,
            media=tuple(_media(part) for part in mail.parts),
            in_reply_to=_answered(mail, account),
            reply_token=token,
            at=mail.at,
            automatic=mail.automatic,
            verified=mail.verified,
            full_text=words,
            raw=told,
        )
        for token in _tokens(mail, account)
    ]


def _tokens(mail: Mail, account: AccountSettings) -> list[str]:
    """The tokens in our reply addresses. Providers that call once for each recipient name it; then only its
    own counts, or one mail to two threads would be heard twice in each."""
    base = account.settings.get("reply_mailbox", "").strip()
    for addresses in (mail.delivered_to, mail.recipients):
        if found := [token for address in addresses if (token := token_in(address, base))]:
            return list(dict.fromkeys(found))
    return [""]


def _answered(mail: Mail, account: AccountSettings) -> str:
    """The Message-ID of ours it answers, else what its program says."""
    domain = account.sender.rpartition("@")[2].lower()
    for one in (mail.in_reply_to, *reversed(mail.references)):
        if one.rpartition("@")[2].lower() == domain:
            return one
    return mail.in_reply_to


def _key(mail: Mail, event: Any, token: str) -> str:
    """The same for every repetition of a webhook, another for each thread it was sent to."""
    identity = mail.message_id or event.event_id or fingerprint([mail.subject, mail.text, mail.html])
    return "mail:" + fingerprint([identity, mail.sender, token])


def _media(part: Any) -> Media:
    kind = KINDS.get(part.mime_type.partition("/")[0], "document")
    return Media(kind, str(part.number), part.mime_type, part.url, name=part.name, content=part.content)


def _told(mail: Mail) -> dict[str, object]:
    """What is kept beside the words."""
    return {
        "subject": mail.subject,
        "recipients": list(mail.recipients),
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "spam": mail.spam,
        "spam_score": mail.spam_score,
        "attachments": [
            {"id": str(part.number), "name": part.name, "type": part.mime_type, "bytes": len(part.content)}
            for part in mail.parts
        ],
    }


def _fate(account: AccountSettings, event: Any) -> InboundEvent:
    """What a provider reports of a mail of ours."""
    kind = str(event.event_type)
    message_id, recipient = bare_id(str(event.message_id or "")), clean(str(event.recipient or ""))
    reference = text(mapping(event.metadata), "reference")
    domain = account.sender.rpartition("@")[2].lower()
    if not reference and message_id.rpartition("@")[2].lower() == domain:
        reference = message_id.rpartition("@")[0]
    raw = {"kind": kind, "message_id": message_id, "at": str(event.timestamp or "")}
    known = reference or message_id
    moment = event.timestamp
    whole = f"{known or recipient}:{kind}"
    if kind in WISHES and recipient:
        sender = Sender(mailbox=recipient)
        return AddressFailed(whole, sender, Advice.OPTED_OUT, WISHES[event.event_type], moment, raw)
    if kind in FAILURES and known:
        whom = Sender(mailbox=recipient) if recipient else None
        return Receipt(whole, message_id, Status.FAILED, reference, _why(event), moment, whom, raw)
    if kind in FAILURES and recipient:
        why = _why(event)
        return AddressFailed(whole, Sender(mailbox=recipient), why.advice, why.code, moment, raw)
    if kind in (EventType.DELIVERED, EventType.SENT) and known:
        status = Status.DELIVERED if kind == EventType.DELIVERED else Status.SENT
        return Receipt(whole, message_id, status, reference, None, moment, None, raw)
    return Ignored(f"{whole}:{event.event_id or event.timestamp}", kind, raw)


def _why(event: Any) -> Refused:
    """The far server's own words where they were passed on, else the provider's class of reasons."""
    said = str(event.mta_response or event.description or "")
    by_server = errors.of_status("", said)
    if errors.has_status(said):
        return by_server
    named = " ".join(text(mapping(event.esp_event), name) for name in ("Type", "event")).lower()
    code = "soft_bounce" if "soft" in named else str(event.reject_reason or "other")
    code = code if code in errors.OWN else "other"
    return Refused(errors.OWN[code].advice, code, by_server.detail)
